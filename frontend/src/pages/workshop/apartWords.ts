/** What departments say apart, in words. */
import type { Apart, ApartSaid, Side } from "../../api/types/votes.ts";
import type { Words } from "../../ui/words/words.ts";

const LEAST_P = 0.001;

/** A mean as it is written: feelings have a sign. */
export function meanWords({ number }: Words, mean: number, measure: string | undefined): string {
  const signDisplay = measure === "emotion" ? "exceptZero" : "auto";
  const told = number(mean, { maximumFractionDigits: 1, minimumFractionDigits: 1, signDisplay });
  return told.replace("-", "−");
}

/** One department: mean, number of people and spread. */
export function sideWords(words: Words, side: Side, measure: string | undefined): string {
  const mean = meanWords(words, side.mean, measure);
  const told = { department: side.department, mean, n: side.people };
  if (side.spread === null) return words.say("ws_apart_side", told);
  const spread = words.number(side.spread, { maximumFractionDigits: 1 });
  return words.say("ws_apart_side_spread", { ...told, spread });
}

/** How sure it is that they lie apart. */
export function sureWords({ say, number }: Words, one: Apart): string {
  const percent = number(Math.max(one.p ?? 0, LEAST_P), {
    style: "percent",
    maximumSignificantDigits: 2,
  });
  const p = one.p !== null && one.p < LEAST_P ? `< ${percent}` : percent;
  switch (one.found) {
    case "apart":
      return say("ws_apart_apart", { p });
    case "unclear":
      return say("ws_apart_unclear", { p });
    case "alike":
      return say("ws_apart_alike");
    default:
      return say("ws_apart_too_few");
  }
}

/** "Departments disagree: −1.8 to +1.8, n 10"; "" where that is not known. */
export function disagreeWords(words: Words, { apart, measure, people }: ApartSaid): string {
  const [high] = apart.sides;
  const low = apart.sides.at(-1);
  if (apart.found !== "apart" || !high || !low) return "";
  return words.say("ws_apart_sign", {
    low: meanWords(words, low.mean, measure),
    high: meanWords(words, high.mean, measure),
    n: people,
  });
}
