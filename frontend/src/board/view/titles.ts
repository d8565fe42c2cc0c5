/** What things of the board are called in the language of the page. */
import type { Board, Card } from "../../doc/board.ts";
import type { PlainKey, Words } from "../../ui/words/words.ts";
import { faceOf } from "../curve.ts";
import { type Column, KNOWN_LANES, nameOf, scoreOf, textOf } from "../grid.ts";
import { altOf } from "../pictures.ts";

type Say = Words["say"];
export type Look = "blue" | "red" | "green" | "violet" | "gray" | "amber" | "teal";

const COLORS: ReadonlyMap<string, Look> = new Map<string, Look>([
  ["pains", "red"],
  ["gains", "green"],
  ["touchpoints", "violet"],
  ["channels", "violet"],
  ["emotion", "amber"],
  ["opportunities", "teal"],
  ["promise", "teal"],
  ["expectations", "teal"],
  ["technology", "gray"],
  ["process", "gray"],
  ["people", "gray"],
  ["owner", "gray"],
  ["backstage", "gray"],
  ["support", "gray"],
  ["physical_evidence", "amber"],
]);

/** Color of a lane; blue where it has none of its own. */
export function colorOf(lane: string): Look {
  return COLORS.get(lane) ?? "blue";
}

/** Title of a lane; its own name where it is none of the known. */
export function laneTitle(say: Say, lane: string): string {
  const known = KNOWN_LANES.find((one) => one === lane);
  if (known) return say(`lane_${known}`);
  const plain = lane.replaceAll("_", " ").trim();
  return plain.slice(0, 1).toUpperCase() + plain.slice(1);
}

/** What a column is of. */
export function columnTitle(say: Say, column: Column): string {
  if (column.kind === "map") return say("whole_journey");
  if (column.kind === "stage") return `${nameOf(column.card)}: ${say("whole_stage")}`;
  return nameOf(column.card);
}

/** Title of what cards stand in. */
export function homeTitle(say: Say, board: Board, at: string): string {
  if (at === "map") return say("whole_journey");
  const card = board.find(at);
  return card ? nameOf(card) : at;
}

const SCORES = {
  "2": "score_2",
  "1": "score_1",
  "0": "score_0",
  "-1": "score__1",
  "-2": "score__2",
} as const satisfies Record<string, PlainKey>;

export function scoreWords(say: Say, score: number): string {
  return say(SCORES[faceOf(score)]);
}

/** A score with its sign: "+1", "−0.5", "0". */
export function signed(words: Words, score: number): string {
  const size = words.number(Math.abs(score));
  if (score === 0) return size;
  return score > 0 ? `+${size}` : `−${size}`;
}

/** What a card says, in words. */
export function cardTitle(words: Words, card: Card): string {
  const text = textOf(card.fields.text);
  const score = scoreOf(card);
  if (score === null) return text || altOf(card) || nameOf(card);
  const felt = `${signed(words, score)} ${scoreWords(words.say, score)}`;
  return text ? `${felt}: ${text}` : felt;
}

const KINDS = {
  map: "a_map",
  stage: "stage",
  step: "step",
  statement: "statement",
  touchpoint: "a_touchpoint",
  persona: "a_persona",
  organization: "an_organization",
  lane: "a_lane",
} as const satisfies Record<Card["kind"], PlainKey>;

export function kindTitle(say: Say, kind: Card["kind"]): string {
  return say(KINDS[kind]);
}
