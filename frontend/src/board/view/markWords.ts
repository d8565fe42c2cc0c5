/** Marks in words: on the card, for who hears the card, and in the list of what stands behind them. */
import type { HeldSaid, MarkSaid, MeasuredSaid, MetStepSaid } from "../../api/types/index.ts";
import type { Words } from "../../ui/words/words.ts";
import { type CardMark, FEWEST, type Sign } from "../evidence/judged.ts";
import { measuredWords, numberWords } from "../evidence/numbers.ts";

/** The word of a sign. */
export function signWords(words: Words, sign: Sign): string {
  return words.say(`verdict_${sign}`);
}

const KINDS = {
  reach: "kind_reach",
  order: "kind_order",
  next: "kind_next",
  goal: "kind_goal",
} as const;

/** What a claim of the map's shape is about. */
export function kindWords(words: Words, kind: string): string {
  for (const [name, key] of Object.entries(KINDS)) if (name === kind) return words.say(key);
  return kind;
}

/** "refuted" and "74 % (72 to 76 %), n 2,263": the number "" where there is none or it is of the past. */
export function markParts(words: Words, mark: CardMark): { word: string; number: string } {
  const { main, sign } = mark;
  const isPast = sign === "changed" || sign === "new";
  const about = main.is_implied ? `${kindWords(words, main.kind)}: ` : "";
  const { number, limits } = main;
  const isTold = !isPast && number !== null && number.value !== null;
  const told = isTold ? numberWords(words, number, limits) : "";
  return { word: `${about}${signWords(words, sign)}`, number: told };
}

/** All marks of a card in one sentence each, for who hears it. */
export function markTold(words: Words, mark: CardMark): string {
  const { word, number } = markParts(words, mark);
  const { say } = words;
  const told = [word, number].filter((one) => one).join(", ");
  return say("mark_told", { told });
}

/** What a step is met with, one sentence each with interval and n; no sentence where nothing was measured. */
export function stepLines(words: Words, step: MetStepSaid): string[] {
  const { say } = words;
  const rows = [
    ["step_reach", "fact_reach", step.reach],
    ["step_left", "fact_left", step.left],
    ["step_time", "fact_since", step.time],
  ] as const;
  return rows.flatMap(([key, what, number]) => {
    if (number === null || number.value === null) return [];
    const { n } = number;
    if (n < FEWEST) return [say("step_few", { what: say(what), n })];
    return [say(key, { value: measuredWords(words, number), n })];
  });
}

/** What was felt at a step, or that too few were asked. */
export function feltLine(words: Words, felt: MeasuredSaid): string {
  const what = words.say("fact_felt");
  if (felt.n < FEWEST) return words.say("step_few", { what, n: felt.n });
  return `${what}: ${numberWords(words, felt)}`;
}

const GAPS = { short: "held_short", better: "held_better", even: "held_even" } as const;

/** "Less than expected: −0.8 (−1 to −0.5), n 77"; "" where there is no gap. */
export function gapWords(words: Words, said: HeldSaid): string {
  if (!said.gap || said.sign === "") return "";
  return words.say(GAPS[said.sign], { number: numberWords(words, said.gap) });
}

/** Everything measured at a step, one sentence each with interval and n; for who hears it. */
export function metTold(words: Words, step: MetStepSaid | null): string[] {
  if (!step) return [];
  const rows = [
    [words.say("fact_reach"), step.reach],
    [words.say("fact_left"), step.left],
    [words.say("fact_again"), step.again],
    [words.say("fact_since"), step.time],
    [words.say("fact_felt"), step.felt],
  ] as const;
  return rows.flatMap(([told, number]) =>
    number && number.value !== null ? [`${told}: ${numberWords(words, number)}`] : [],
  );
}

/** How many more cases would settle it, "" where no number would. */
export function furtherWords(words: Words, mark: MarkSaid): string {
  if (mark.further === null) return "";
  const key = mark.kind === "score" ? "mark_answers" : "mark_further";
  return words.say(key, { count: mark.further });
}

/** "first_device=app" as people read it; personas by their names. */
export function segmentWords(segment: string, personas: ReadonlyMap<string, string>): string {
  const persona = segment.startsWith("persona=") ? segment.slice("persona=".length) : "";
  if (persona) return personas.get(persona) ?? persona;
  return segment.replaceAll("_", " ").replace("=", ": ");
}
