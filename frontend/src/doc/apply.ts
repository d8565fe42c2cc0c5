/** An edit applied to a board: what it became, how to take it back, and what it wrote over. */

import { isObject, type Json, type JsonObject, same } from "../model/json.ts";
import {
  type Board,
  type Card,
  HOMES,
  isKind,
  KINDS,
  type Kind,
  newCard,
  type Place,
  parts,
  placeOf,
} from "./board.ts";
import type {
  Add,
  BringBack,
  Change,
  Edit,
  MarkGone,
  Move,
  PlaceGiven,
  Together,
} from "./commands.ts";
import { checkPosition, positionBetween } from "./positions.ts";
import { EditRefused } from "./refused.ts";
import { mergeTexts } from "./threeWay.ts";

const PLACE = "place";

/** A value of somebody else that an edit wrote over; it can be brought back by hand. */
export interface Replaced {
  readonly ref: string;
  /** Its field, or `place`. */
  readonly field: string;
  /** The value that stood there. */
  readonly lost: Json;
  /** The value that stands there. */
  readonly now: Json;
}

/** What an edit did. */
export interface Outcome {
  readonly board: Board;
  /** The edit as it took effect: places filled in, texts merged. */
  readonly edit: Edit;
  /** The edit that takes it back. */
  readonly inverse: Edit;
  /** Values of others it wrote over. */
  readonly replaced: readonly Replaced[];
}

const NOTHING: readonly Replaced[] = [];

/**
 * The board after an edit, by the same rules as on the server. What does not fit the model of maps
 * is for the server to refuse.
 *
 * @throws EditRefused E112 no such card, E120 and E121 wrong ids, E129 a wrong position, E130 it
 *   cannot stand there, E131 others changed it since.
 */
export function applyEdit(board: Board, edit: Edit): Outcome {
  switch (edit.do) {
    case "add":
      return add(board, edit);
    case "change":
      return change(board, edit);
    case "move":
      return move(board, edit);
    case "mark_gone":
      return markGone(board, edit);
    case "bring_back":
      return bringBack(board, edit);
    case "together":
      return together(board, edit);
  }
}

function add(board: Board, edit: Add): Outcome {
  const [kind, name] = parts(edit.ref);
  const fields = edit.fields ?? {};
  const found = addedKind(board, edit.ref, kind, name);
  const place = placed(board, edit.ref, found, edit.place ?? {});
  refuseApart(edit.ref, found, fields);
  return {
    board: board.withCard(newCard(edit.ref, fields, place)),
    edit: { do: "add", ref: edit.ref, place, fields },
    inverse: { do: "mark_gone", ref: edit.ref, was: fields, undo: true },
    replaced: NOTHING,
  };
}

function addedKind(board: Board, ref: string, kind: string, name: string): Kind {
  if (!isKind(kind) || kind === "map") throw new EditRefused("E125", `"${ref}" cannot be added`);
  if (!name || (kind !== "lane" && !isId(name))) {
    throw new EditRefused("E121", `"${name}" cannot be the id of a ${kind}`);
  }
  if (board.find(ref)) throw new EditRefused("E120", `${kind} "${name}" is given twice`);
  return kind;
}

/** Whether a text can be an id: no spaces, no control characters, no ">". */
function isId(text: string): boolean {
  return (
    text !== "" &&
    [...text].every(
      (one) =>
        one > "\u001f" && one !== ">" && one !== "\u0085" && (one === "\ufeff" || !/\s/u.test(one)),
    )
  );
}

function refuseApart(ref: string, kind: Kind, fields: JsonObject): void {
  if (kind === "lane") return;
  const name = Object.keys(fields).find((one) => isApart(kind, one));
  if (name) throw new EditRefused("E130", `${ref}: "${name}" is not a field of a card`);
}

/** Whether a name is no field of a card: its id, what stands in it, or what says where it stands. */
function isApart(kind: Kind, name: string): boolean {
  if (name === "id" || name === "format") return true;
  if (name === "lane") return kind === "statement";
  return KINDS.some((one) => name === `${one}s` && HOMES[one].includes(kind));
}

function change(board: Board, edit: Change): Outcome {
  const card = board.card(edit.ref);
  refuseField(edit, card);
  const before = valueAt(card.fields, edit.field);
  let value = edit.value ?? null;
  const { was } = edit;
  const isOther = was !== undefined && !same(before, was) && !same(before, value);
  if (isOther && edit.undo) throw changedSince(edit.ref, edit.field);
  let replaced = NOTHING;
  if (isOther) {
    const merged = mergedText(was, value, before);
    if (merged === null)
      replaced = [{ ref: edit.ref, field: edit.field, lost: before, now: value }];
    else value = merged;
  }
  const fields = withValue(card.fields, edit.field, value);
  const now = valueAt(fields, edit.field);
  const { ref, field } = edit;
  return {
    board: board.withCard({ ...card, fields }),
    edit: { do: "change", ref, field, value: now },
    inverse: { do: "change", ref, field, value: before, was: now, undo: true },
    replaced,
  };
}

function refuseField(edit: Change, card: Card): void {
  const names = edit.field.split(".");
  if (card.kind === "lane" || names.includes("") || isApart(card.kind, names[0] ?? "")) {
    throw new EditRefused("E130", `"${edit.field}" of ${edit.ref} cannot be changed`);
  }
}

/** The value of a field, with dots within; null where there is none. */
export function valueAt(fields: JsonObject, name: string): Json {
  let value: Json = fields;
  for (const key of name.split(".")) {
    value = isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
  }
  return value;
}

/** The fields with one value set, or taken away where it is null; empty mappings go as well. */
function withValue(fields: JsonObject, name: string, value: Json): JsonObject {
  const dot = name.indexOf(".");
  const first = dot < 0 ? name : name.slice(0, dot);
  let given = value;
  if (dot >= 0) {
    const within = Object.hasOwn(fields, first) ? fields[first] : undefined;
    const inside = withValue(isObject(within) ? within : {}, name.slice(dot + 1), value);
    given = Object.keys(inside).length ? inside : null;
  }
  if (given !== null) return { ...fields, [first]: given };
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== first));
}

function mergedText(was: Json, mine: Json, theirs: Json): string | null {
  const areTexts =
    typeof was === "string" && typeof mine === "string" && typeof theirs === "string";
  return areTexts ? mergeTexts(was, mine, theirs) : null;
}

function move(board: Board, edit: Move): Outcome {
  const card = board.card(edit.ref);
  if (card.kind === "map") throw noPlace(edit.ref, edit.place.at ?? "map");
  const before = placeOf(card);
  const isOther = edit.was ? !isSamePlace(edit.was, before) : false;
  if (isOther && edit.undo) throw changedSince(edit.ref, PLACE);
  const lane = edit.place.lane || (card.kind === "statement" ? card.lane : "");
  const now = placed(board, edit.ref, card.kind, { ...edit.place, lane });
  const isReplaced = isOther && !isSamePlace(before, now);
  const { ref } = edit;
  return {
    board: board.withCard({ ...card, ...now }),
    edit: { do: "move", ref, place: now },
    inverse: { do: "move", ref, place: before, was: now, undo: true },
    replaced: isReplaced ? [{ ref, field: PLACE, lost: { ...before }, now: { ...now } }] : NOTHING,
  };
}

function isSamePlace(one: PlaceGiven, other: Place): boolean {
  const isAt = (one.at ?? "map") === other.at;
  return isAt && (one.pos ?? "") === other.pos && (one.lane ?? "") === other.lane;
}

/** A whole place of what was given: at the end of the row where no position is. */
function placed(board: Board, ref: string, kind: Kind, given: PlaceGiven): Place {
  const { at = "map", pos = "", lane = "" } = given;
  const [home] = parts(at);
  if (!isKind(home) || !HOMES[kind].includes(home) || !board.find(at)) {
    board.card(at);
    throw noPlace(ref, at);
  }
  if ((kind === "statement") !== (lane !== "")) {
    const what = kind === "statement" ? "a statement needs a lane" : `a ${kind} has no lane`;
    throw new EditRefused("E130", `${ref}: ${what}`);
  }
  if (pos) {
    checkPosition(pos);
    return { at, pos, lane };
  }
  const row = board.row(at, kind);
  const last = row.at(-1)?.ref === ref ? row.at(-2) : row.at(-1);
  return { at, pos: positionBetween(last?.pos ?? "", ""), lane };
}

function markGone(board: Board, edit: MarkGone): Outcome {
  const card = board.card(edit.ref);
  if (card.kind === "map") {
    throw new EditRefused("E130", "the map itself cannot be taken off");
  }
  const isOther = edit.was ? !same(edit.was, card.fields) : false;
  if (edit.undo && (isOther || holdsAny(board, card))) throw changedSince(edit.ref, "");
  const done: MarkGone = { do: "mark_gone", ref: edit.ref };
  return {
    board: card.gone ? board : board.withCard({ ...card, gone: true }),
    edit: done,
    inverse: card.gone ? done : { do: "bring_back", ref: edit.ref },
    replaced: NOTHING,
  };
}

/** Whether anything that nobody took off stands in a card. */
function holdsAny(board: Board, card: Card): boolean {
  return KINDS.some(
    (kind) => HOMES[kind].includes(card.kind) && board.row(card.ref, kind).length > 0,
  );
}

function bringBack(board: Board, edit: BringBack): Outcome {
  const card = board.card(edit.ref);
  const done: BringBack = { do: "bring_back", ref: edit.ref };
  return {
    board: card.gone ? board.withCard({ ...card, gone: false }) : board,
    edit: done,
    inverse: card.gone ? { do: "mark_gone", ref: edit.ref } : done,
    replaced: NOTHING,
  };
}

function together(board: Board, edit: Together): Outcome {
  let now = board;
  const edits: Edit[] = [];
  const inverses: Edit[] = [];
  const replaced: Replaced[] = [];
  for (const one of edit.edits) {
    const done = applyEdit(now, one);
    now = done.board;
    edits.push(done.edit);
    inverses.unshift(done.inverse);
    replaced.push(...done.replaced);
  }
  const inverse: Edit = { do: "together", edits: inverses };
  return { board: now, edit: { do: "together", edits }, inverse, replaced };
}

function noPlace(ref: string, at: string): EditRefused {
  return new EditRefused("E130", `${ref}: a ${parts(ref)[0]} cannot stand in a ${parts(at)[0]}`);
}

function changedSince(ref: string, name: string): EditRefused {
  return new EditRefused("E131", `${ref}: ${name || "it"} has been changed since`);
}
