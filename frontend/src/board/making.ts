/** What people do on the board, as edits. Changes nothing itself. */
import { type Board, type Card, type Place, placeOf } from "../doc/board.ts";
import type { Edit } from "../doc/commands.ts";
import { positionBetween } from "../doc/positions.ts";
import { isList, type Json } from "../model/json.ts";
import { nameOf, textOf, textsOf } from "./grid.ts";
import { altOf, imageOf, pictured } from "./pictures.ts";

/** Numbers of 0 to 1, given from outside so that tests know them. */
export type Random = () => number;

const LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
const TAIL = 4;
const LONGEST = 32;

/** A new id that says what it is of, and that nobody else makes at the same moment. */
export function newId(words: string, random: Random): string {
  const head = words
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
  let tail = "";
  for (let n = 0; n < TAIL; n += 1) tail += LETTERS[Math.floor(random() * LETTERS.length)] ?? "a";
  return head ? `${head}-${tail}` : `x-${tail}`;
}

/** A place after a card of the row, before all where it is null. */
export function placeAfter(row: readonly Card[], after: Card | null): string {
  const index = after ? row.findIndex((one) => one.ref === after.ref) : -1;
  const before = row[index];
  const next = row[index + 1];
  if (!next) return before ? positionBetween(before.pos, "") : "";
  // two cards that came to one place at once: behind both
  if (before && before.pos >= next.pos) return positionBetween(next.pos, "");
  return positionBetween(before?.pos ?? "", next.pos);
}

/** An edit, and the card that is looked at after it. */
export interface Made {
  readonly edit: Edit;
  readonly ref: string;
}

export function together(edits: readonly Edit[]): Edit {
  const [only] = edits;
  return edits.length === 1 && only ? only : { do: "together", edits: [...edits] };
}

export function addStatement(
  at: string,
  lane: string,
  fields: Readonly<Record<string, Json>>,
  random: Random,
  pos = "",
): Made {
  const ref = `statement:${newId(textOf(fields.text).slice(0, 16) || lane, random)}`;
  return { edit: { do: "add", ref, place: place(at, pos, lane), fields }, ref };
}

export function addStage(board: Board, name: string, after: Card | null, random: Random): Made {
  const row = board.row("map", "stage");
  const pos = after ? placeAfter(row, after) : "";
  const ref = `stage:${newId(name, random)}`;
  return { edit: { do: "add", ref, place: place("map", pos), fields: { name } }, ref };
}

export function addStep(
  board: Board,
  stage: string,
  name: string,
  after: Card | null,
  random: Random,
): Made {
  const pos = after ? placeAfter(board.row(stage, "step"), after) : "";
  const ref = `step:${newId(name, random)}`;
  return { edit: { do: "add", ref, place: place(stage, pos), fields: { name } }, ref };
}

function place(at: string, pos: string, lane = ""): Place {
  return { at, pos, lane };
}

/** A card put after another of its new row; `after` null puts it first, undefined last. */
export function moveTo(
  board: Board,
  card: Card,
  at: string,
  lane: string,
  after?: Card | null,
): Edit | null {
  const row = rowOf(board, card.kind, at, lane).filter((one) => one.ref !== card.ref);
  const last = row.at(-1) ?? null;
  const pos = placeAfter(row, after === undefined ? last : after);
  const here = rowOf(board, card.kind, card.at, card.lane);
  if (card.at === at && card.lane === lane) {
    const index = here.findIndex((one) => one.ref === card.ref);
    const left = after === undefined ? last : after;
    if ((here[index - 1]?.ref ?? "") === (left?.ref ?? "")) return null;
  }
  return { do: "move", ref: card.ref, place: place(at, pos, lane), was: placeOf(card) };
}

function rowOf(board: Board, kind: Card["kind"], at: string, lane: string): Card[] {
  return [...(kind === "statement" ? board.row(at, kind, lane) : board.row(at, kind))];
}

/** A card one place up or down its row. */
export function moveInRow(board: Board, card: Card, by: -1 | 1): Edit | null {
  const row = rowOf(board, card.kind, card.at, card.lane);
  const index = row.findIndex((one) => one.ref === card.ref);
  const target = index + by;
  if (index < 0 || target < 0 || target >= row.length) return null;
  const after = by > 0 ? row[target] : row[target - 1];
  return moveTo(board, card, card.at, card.lane, after ?? null);
}

/** A step one place to the side; beyond the edge of its stage into the next stage. */
export function moveStep(board: Board, step: Card, by: -1 | 1): Edit | null {
  const inside = moveInRow(board, step, by);
  if (inside) return inside;
  const stages = board.row("map", "stage");
  const index = stages.findIndex((one) => one.ref === step.at);
  const beside = stages[index + by];
  if (!beside) return null;
  return by > 0 ? moveTo(board, step, beside.ref, "", null) : moveTo(board, step, beside.ref, "");
}

/** A second card that says the same, right after the first; a stage or step with what stands in it. */
export function copyOf(board: Board, card: Card, random: Random): Made {
  const edits: Edit[] = [];
  const row = rowOf(board, card.kind, card.at, card.lane);
  const ref = copyInto(
    board,
    card,
    place(card.at, placeAfter(row, card), card.lane),
    random,
    edits,
  );
  return { edit: together(edits), ref };
}

function copyInto(board: Board, card: Card, to: Place, random: Random, edits: Edit[]): string {
  const ref = `${card.kind}:${newId(nameOf(card).slice(0, LONGEST), random)}`;
  edits.push({ do: "add", ref, place: to, fields: { ...card.fields } });
  const inside =
    card.kind === "stage" ? (["step", "statement"] as const) : (["statement"] as const);
  if (card.kind !== "stage" && card.kind !== "step") return ref;
  for (const kind of inside) {
    for (const one of board.row(card.ref, kind)) {
      copyInto(board, one, place(ref, one.pos, one.lane), random, edits);
    }
  }
  return ref;
}

/** A stage parted before one of its steps: what follows stands in a new stage. */
export function splitStage(
  board: Board,
  stage: Card,
  first: Card,
  name: string,
  random: Random,
): Made {
  const added = addStage(board, name, stage, random);
  const steps = board.row(stage.ref, "step");
  const from = steps.findIndex((one) => one.ref === first.ref);
  const moves = steps.slice(from).map((one): Edit => moved(one, added.ref, one.pos));
  return { edit: together([added.edit, ...moves]), ref: added.ref };
}

/** A step parted: some of its statements stand in a new step after it. */
export function splitStep(
  board: Board,
  step: Card,
  name: string,
  statements: readonly Card[],
  random: Random,
): Made {
  const added = addStep(board, step.at, name, step, random);
  const moves = statements.map((one): Edit => moved(one, added.ref, one.pos));
  return { edit: together([added.edit, ...moves]), ref: added.ref };
}

/** A statement parted at a place of its text. */
export function splitStatement(board: Board, card: Card, at: number, random: Random): Made | null {
  const text = textOf(card.fields.text);
  const head = text.slice(0, at).trim();
  const tail = text.slice(at).trim();
  if (!head || !tail) return null;
  const pos = placeAfter(board.row(card.at, "statement", card.lane), card);
  const { persona } = card.fields;
  const fields = persona ? { text: tail, persona } : { text: tail };
  const added = addStatement(card.at, card.lane, fields, random, pos);
  const shorter: Edit = { do: "change", ref: card.ref, field: "text", value: head, was: text };
  return { edit: together([shorter, added.edit]), ref: added.ref };
}

/** A stage, step or statement joined to the one before it, which stays. */
export function mergeIntoPrevious(board: Board, card: Card): Made | null {
  const row = rowOf(board, card.kind, card.at, card.lane);
  const into = row[row.findIndex((one) => one.ref === card.ref) - 1];
  if (!into) return null;
  const edits: Edit[] = [];
  if (card.kind === "statement") {
    const text = textOf(into.fields.text);
    const value = [text, textOf(card.fields.text)].filter((one) => one).join("\n");
    edits.push({ do: "change", ref: into.ref, field: "text", value, was: text || null });
  }
  if (imageOf(card) && !imageOf(into)) {
    edits.push(...pictured(into, imageOf(card), altOf(card)));
  }
  if (card.kind === "stage") edits.push(...appended(board, card.ref, into.ref, "step"));
  if (card.kind === "step") edits.push(...joinedLists(into, card));
  if (card.kind !== "statement") edits.push(...appended(board, card.ref, into.ref, "statement"));
  edits.push({ do: "mark_gone", ref: card.ref });
  return { edit: together(edits), ref: into.ref };
}

function appended(board: Board, from: string, to: string, kind: "step" | "statement"): Edit[] {
  let last = board.row(to, kind).at(-1)?.pos ?? "";
  return board.row(from, kind).map((one): Edit => {
    last = positionBetween(last, "");
    return moved(one, to, last);
  });
}

function joinedLists(into: Card, card: Card): Edit[] {
  const mine = textsOf(into.fields.touchpoints);
  const all = [...new Set([...mine, ...textsOf(card.fields.touchpoints)])];
  const edits: Edit[] = [];
  if (all.length > mine.length) {
    edits.push({ do: "change", ref: into.ref, field: "touchpoints", value: all });
  }
  const events = listOf(card.fields.events);
  if (events.length > 0) {
    const value = [...listOf(into.fields.events), ...events];
    edits.push({ do: "change", ref: into.ref, field: "events", value });
  }
  return edits;
}

/** A value as a list. */
export function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

function moved(card: Card, at: string, pos: string): Edit {
  return { do: "move", ref: card.ref, place: place(at, pos, card.lane), was: placeOf(card) };
}

/** Steps a statement could be moved to, and where it could go in a list of places. */
export function homesOf(board: Board): Card[] {
  return board.row("map", "stage").flatMap((stage) => [stage, ...board.row(stage.ref, "step")]);
}
