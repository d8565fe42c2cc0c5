/** Measured numbers in words, as posters and pages write them. */
import type { MeasuredSaid } from "../../api/types/index.ts";
import type { Words } from "../../ui/words/words.ts";

const FULL = 100;
const DAY_S = 86_400;
const HOUR_S = 3600;
const MINUTE_S = 60;
const THIN = "\u00a0";

/** Share as a percentage without its sign: whole percent, one decimal near the ends. */
function percent(words: Words, share: number): string {
  const value = share * FULL;
  const isNearEnd = (value > 0 && value < 1) || (value > FULL - 1 && value < FULL);
  const shown = isNearEnd ? Math.min(99.9, Math.max(0.1, value)) : Math.round(value);
  return words.number(shown, { maximumFractionDigits: 1 });
}

/** A duration in the unit a person would choose. */
export function duration(words: Words, seconds: number): string {
  const sizes = [
    [DAY_S, words.say("unit_d")],
    [HOUR_S, words.say("unit_h")],
    [MINUTE_S, words.say("unit_min")],
  ] as const;
  const [size, unit] = sizes.find(([one]) => Math.abs(seconds) >= one) ?? [1, words.say("unit_s")];
  return `${words.number(seconds / size, { maximumFractionDigits: 1 })}${THIN}${unit}`;
}

/** A number with its sign and a true minus. */
function plus(words: Words, value: number): string {
  const size = words.number(Math.abs(value), { maximumFractionDigits: 1 });
  if (Math.abs(value) < 0.05) return size;
  return value > 0 ? `+${size}` : `−${size}`;
}

/** A measured value with its unit; a dash where there is none. */
export function valueWords(words: Words, value: number | null, unit: string): string {
  if (value === null) return "–";
  switch (unit) {
    case "share":
      return `${percent(words, value)}${THIN}%`;
    case "s":
      return duration(words, value);
    case "emotion":
      return plus(words, value);
    case "points":
      return `${plus(words, value * FULL)}${THIN}${words.say("unit_points")}`;
    default:
      return words.number(value, { maximumFractionDigits: 1 });
  }
}

/** Both ends of an interval, the unit once; an open end is a dash. "" for none. */
export function intervalWords(
  words: Words,
  { low, high, unit }: Pick<MeasuredSaid, "low" | "high" | "unit">,
): string {
  if (low === null && high === null) return "";
  if (low === null || high === null) {
    const ends = [low, high].map((end) => (end === null ? "…" : valueWords(words, end, unit)));
    return words.say("between", { low: ends[0] ?? "", high: ends[1] ?? "" });
  }
  let first = valueWords(words, low, unit);
  if (unit === "share") first = percent(words, low);
  if (unit === "points") first = plus(words, low * FULL);
  return words.say("between", { low: first, high: valueWords(words, high, unit) });
}

/** "74 % (72 to 76 %), n 2,263". */
export function numberWords(words: Words, number: MeasuredSaid): string {
  const between = intervalWords(words, number);
  const value = valueWords(words, number.value, number.unit);
  const told = between ? `${value} (${between})` : value;
  return words.say("with_n", { value: told, n: number.n });
}
