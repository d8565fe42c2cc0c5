/** Measured numbers in words, as posters and pages write them. */
import type { MeasuredSaid } from "../../api/types/index.ts";
import type { Words } from "../../ui/words/words.ts";

import { FULL, keptLimits, type Rounded, rounded, roundedPercent } from "./rounding.ts";

const DAY_S = 86_400;
const HOUR_S = 3600;
const MINUTE_S = 60;
const THIN = "\u00a0";

type Limits = readonly number[];

/** A rounded number with the mark of a limit; `isSigned` with its sign and a true minus. */
function shown(words: Words, one: Rounded, isSigned = false): string {
  const size = isSigned ? Math.abs(one.value) : one.value;
  const sign = isSigned && one.value > 0 ? "+" : isSigned && one.value < 0 ? "−" : "";
  return `${one.mark}${sign}${words.number(size, { maximumFractionDigits: one.digits })}`;
}

/** A duration in the unit a person would choose. */
function duration(words: Words, seconds: number, limits: Limits): string {
  const sizes = [
    [DAY_S, words.say("unit_d")],
    [HOUR_S, words.say("unit_h")],
    [MINUTE_S, words.say("unit_min")],
  ] as const;
  const [size, unit] = sizes.find(([one]) => Math.abs(seconds) >= one) ?? [1, words.say("unit_s")];
  const kept = limits.map((one) => one / size);
  return `${shown(words, rounded(seconds / size, 1, kept))}${THIN}${unit}`;
}

/** A measured value without the word of its unit. */
function bare(words: Words, value: number, unit: string, limits: Limits): string {
  switch (unit) {
    case "share":
      return shown(words, roundedPercent(value, limits));
    case "points": {
      const kept = limits.map((one) => one * FULL);
      return shown(words, rounded(value * FULL, 1, kept), true);
    }
    default:
      return shown(words, rounded(value, 1, limits), unit === "emotion");
  }
}

/** A measured value with its unit; a dash where there is none. It keeps its side of `limits`. */
export function valueWords(
  words: Words,
  value: number | null,
  unit: string,
  limits: Limits = [],
): string {
  if (value === null) return "–";
  if (unit === "s") return duration(words, value, limits);
  const told = bare(words, value, unit, limits);
  if (unit === "share") return `${told}${THIN}%`;
  return unit === "points" ? `${told}${THIN}${words.say("unit_points")}` : told;
}

/** Both ends of an interval, the unit once; an open end is a dash. "" for none. Ends keep their side of nothing. */
export function intervalWords(
  words: Words,
  { low, high, unit }: Pick<MeasuredSaid, "low" | "high" | "unit">,
  limits: Limits = [],
): string {
  const kept = [0, ...limits];
  if (low === null && high === null) return "";
  if (low === null || high === null) {
    const ends = [low, high].map((end) =>
      end === null ? "…" : valueWords(words, end, unit, kept),
    );
    return words.say("between", { low: ends[0] ?? "", high: ends[1] ?? "" });
  }
  const first = unit === "s" ? valueWords(words, low, unit, kept) : bare(words, low, unit, kept);
  return words.say("between", { low: first, high: valueWords(words, high, unit, kept) });
}

/** "74 % (72 to 76 %), n 2,263"; what lies on one side of nothing or of a limit is shown there. */
export function numberWords(words: Words, number: MeasuredSaid, limits: Limits = []): string {
  return words.say("with_n", { value: measuredWords(words, number, limits), n: number.n });
}

/** The same without n, for sentences that name it themselves. */
export function measuredWords(words: Words, number: MeasuredSaid, limits: Limits = []): string {
  const between = intervalWords(words, number, limits);
  const kept = keptLimits(number.low, number.high, limits);
  const value = valueWords(words, number.value, number.unit, kept);
  return between ? `${value} (${between})` : value;
}
