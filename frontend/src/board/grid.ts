/** Where everything of a map stands on the board: stages and steps across, lanes down. */
import type { Board, Card } from "../doc/board.ts";
import { isList, isObject, type Json } from "../model/json.ts";

export type LineKind = "interaction" | "visibility" | "internal";

/** One column: a step, what is said of a whole stage, or of the whole journey. */
export interface Column {
  at: string;
  kind: "step" | "stage" | "map";
  stage: string;
  card: Card;
}

/** A stage and the columns it spans. */
export interface Span {
  ref: string;
  card: Card;
  from: number;
  count: number;
}

/** One lane; `card` is missing where statements name a lane that nobody listed. */
export interface Lane {
  name: string;
  card: Card | null;
  line: LineKind | null;
}

export interface Grid {
  columns: readonly Column[];
  spans: readonly Span[];
  lanes: readonly Lane[];
  /** Whether what was measured stands below the steps. */
  hasMet: boolean;
}

export const EMOTION = "emotion";
export const TOUCHPOINTS = "touchpoints";

/** Lanes before which a line of a service blueprint is drawn. */
const LINES: ReadonlyMap<string, LineKind> = new Map([
  ["frontstage", "interaction"],
  ["backstage", "visibility"],
  ["support", "internal"],
]);

/** Lanes that have a look and a meaning of their own, offered when one is added. */
export const KNOWN_LANES = [
  "actions",
  "touchpoints",
  "questions",
  "thoughts",
  "expectations",
  "emotion",
  "pains",
  "gains",
  "opportunities",
  "promise",
  "delivery",
  "channels",
  "goals",
  "metrics",
  "owner",
  "physical_evidence",
  "frontstage",
  "backstage",
  "support",
  "technology",
  "process",
  "people",
] as const;

/** The whole board; `hidden` lanes are left out. */
export function gridOf(
  board: Board,
  hidden: ReadonlySet<string> = new Set(),
  hasMet = false,
): Grid {
  const columns: Column[] = [];
  const spans: Span[] = [];
  for (const stage of board.row("map", "stage")) {
    const from = columns.length;
    const steps = board.row(stage.ref, "step");
    for (const step of steps) {
      columns.push({ at: step.ref, kind: "step", stage: stage.ref, card: step });
    }
    if (steps.length === 0 || board.row(stage.ref, "statement").length > 0) {
      columns.push({ at: stage.ref, kind: "stage", stage: stage.ref, card: stage });
    }
    spans.push({ ref: stage.ref, card: stage, from, count: columns.length - from });
  }
  const map = board.find("map");
  if (map && board.row("map", "statement").length > 0) {
    columns.push({ at: "map", kind: "map", stage: "", card: map });
  }
  const lanes = lanesOf(board).filter((lane) => !hidden.has(lane.name));
  return { columns, spans, lanes, hasMet };
}

/** All lanes in order: those listed, then those that statements name. */
export function lanesOf(board: Board): Lane[] {
  const found = new Map<string, Card | null>();
  for (const card of board.row("map", "lane")) found.set(card.id, card);
  const homes = ["map"];
  for (const stage of board.row("map", "stage")) {
    homes.push(stage.ref);
    for (const step of board.row(stage.ref, "step")) homes.push(step.ref);
  }
  for (const at of homes) {
    for (const card of board.row(at, "statement")) {
      if (!found.has(card.lane)) found.set(card.lane, null);
    }
  }
  return [...found].map(([name, card]) => ({ name, card, line: LINES.get(name) ?? null }));
}

/** Steps of a map in order. */
export function stepsOf(board: Board): Card[] {
  return board.row("map", "stage").flatMap((stage) => [...board.row(stage.ref, "step")]);
}

const FIELDS: ReadonlyMap<string, string> = new Map([
  ["technology", "technology"],
  ["process", "process"],
  ["people", "people"],
  ["physical_evidence", "physical_evidence"],
  ["promise", "promise"],
  ["expectations", "expectation"],
  ["delivery", "delivery"],
]);
const BLUEPRINT: ReadonlyMap<string, readonly string[]> = new Map([
  ["backstage", ["people", "process"]],
  ["support", ["technology"]],
]);

/** A word in a cell that follows from a touchpoint of the step; it is changed at the touchpoint. */
export interface Chip {
  key: string;
  touchpoint: string;
  text: string;
  note: string;
}

/** What the touchpoints of a step say in a lane. */
export function chipsOf(board: Board, column: Column, lane: string): readonly Chip[] {
  const own = FIELDS.get(lane);
  const isBackstage = BLUEPRINT.has(lane);
  const isFront = lane === TOUCHPOINTS || lane === "frontstage";
  if (column.kind !== "step" || !(own || isBackstage || isFront)) return NO_CHIPS;
  const names = textsOf(column.card.fields.touchpoints);
  if (names.length === 0) return NO_CHIPS;
  const isBlueprint = board.find("map")?.fields.view === "blueprint";
  const found: Chip[] = [];
  for (const name of names) {
    const card = board.find(`touchpoint:${name}`);
    const add = (text: string, note = "") =>
      found.push({
        key: `${column.at} ${lane}\u001f${name}\u001f${text}`,
        touchpoint: name,
        text,
        note,
      });
    if (lane === TOUCHPOINTS || (isBlueprint && isFront)) {
      add(textOf(card?.fields.name) || name, textOf(card?.fields.channel));
      continue;
    }
    const fields = (isBlueprint ? BLUEPRINT.get(lane) : undefined) ?? (own ? [own] : []);
    for (const field of fields) {
      for (const text of textsOf(card?.fields[field])) add(text);
    }
  }
  return found;
}
const NO_CHIPS: readonly Chip[] = [];

/** The words of a value: a text, or a text that carries a claim. */
export function textOf(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return isObject(value) ? textOf(value.text) : "";
}

/** One text or several, as several. */
export function textsOf(value: Json | undefined): string[] {
  return (isList(value) ? value : [value]).map(textOf).filter((one) => one !== "");
}

/** What a card is called in a list. */
export function nameOf(card: Card): string {
  const { fields } = card;
  return textOf(fields.name) || textOf(fields.title) || textOf(fields.text) || card.id;
}

/** The score of a statement of emotion, null where it has none. */
export function scoreOf(card: Card): number | null {
  const score = card.fields.score;
  return typeof score === "number" ? score : null;
}

/** Language of a map's texts as `lang` takes it; undefined where the map says nothing of the kind. */
export function languageOf(board: Board): string | undefined {
  const told = textOf(board.find("map")?.fields.language) || "en";
  try {
    return Intl.getCanonicalLocales(told)[0];
  } catch {
    return undefined;
  }
}
