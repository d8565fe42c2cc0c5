/** Which words of customers stand beside what a card says: praise with what is good, blame with what is bad. */
import type { MarkSaid, MeasuredSaid, QuotedSaid } from "../../api/types/index.ts";
import type { Card } from "../../doc/board.ts";
import { scoreOf } from "../grid.ts";
import type { Judged } from "./judged.ts";

const QUOTED = ["“”", "„“", "«»", "「」"];
type Tone = "good" | "bad";
const LANES: ReadonlyMap<string, Tone> = new Map([
  ["gains", "good"],
  ["pains", "bad"],
]);

/** Quotes about what a card says, those that fit first: of its theme where it claims one, else of its step. */
export function quotesOf(judged: Judged, card: Card, mark: MarkSaid | null): readonly QuotedSaid[] {
  const isStep = card.kind === "step";
  const here = judged.said.quotes.filter((one) => one.step === (isStep ? card.ref : card.at));
  if (mark?.kind === "mentions") {
    // the claim names its theme in the quotation marks of the reader's language
    const isNamed = ({ theme }: QuotedSaid) =>
      QUOTED.some(([open, end]) => mark.claim.includes(`${open}${theme}${end}`));
    return here.filter(isNamed);
  }
  if (isStep) {
    const tone = toneOf(judged.step(card.ref)?.felt ?? null);
    const isFit = (one: QuotedSaid) => tone !== null && one.tone === tone;
    return [...here.filter(isFit), ...here.filter((one) => !isFit(one))];
  }
  if (mark?.kind !== "score") return [];
  // what was measured weighs more than what is believed: these words say why
  const tone = toneOf(mark.number) ?? believed(card);
  return tone ? here.filter((one) => one.tone === tone) : here;
}

/** Whether what was felt is good or bad, null where chance may have made it. */
function toneOf(felt: MeasuredSaid | null): Tone | null {
  if (felt?.unit !== "emotion") return null;
  if ((felt.low ?? 0) > 0) return "good";
  return (felt.high ?? 0) < 0 ? "bad" : null;
}

function believed(card: Card): Tone | null {
  const score = scoreOf(card) ?? 0;
  if (score === 0) return LANES.get(card.lane) ?? null;
  return score > 0 ? "good" : "bad";
}
