/** The named commands of which every edit is made, as data: the same names as on the server. */

import { isList, isObject, type Json, type JsonObject } from "../model/json.ts";
import { EditRefused } from "./refused.ts";

/** Where a card is put. */
export interface PlaceGiven {
  /** Ref of what it stands in; the map where it is left out. */
  readonly at?: string;
  /** Position there; "" for the end of the row. */
  readonly pos?: string;
  /** Lane of a statement. */
  readonly lane?: string;
}

/** A new stage, step, statement, touchpoint, persona, organization or lane. */
export interface Add {
  readonly do: "add";
  readonly ref: string;
  readonly place?: PlaceGiven;
  readonly fields?: JsonObject;
}

/** Another value of one field. */
export interface Change {
  readonly do: "change";
  readonly ref: string;
  /** Its name, with dots within: `goal.text`. */
  readonly field: string;
  /** The new value as in a file; null takes the field away. */
  readonly value?: Json;
  /** The value the author saw, so that texts can be merged; left out where it does not matter. */
  readonly was?: Json;
  /** Refuse, rather than overwrite, where the field has changed since. */
  readonly undo?: boolean;
}

/** Another place. */
export interface Move {
  readonly do: "move";
  readonly ref: string;
  readonly place: PlaceGiven;
  readonly was?: PlaceGiven | null;
  readonly undo?: boolean;
}

/** Taken off the map, with everything that stands in it; nothing is deleted. */
export interface MarkGone {
  readonly do: "mark_gone";
  readonly ref: string;
  /** Fields as they were added; with `undo`, refuse where somebody worked on it since. */
  readonly was?: JsonObject | null;
  readonly undo?: boolean;
}

/** Back on the map. */
export interface BringBack {
  readonly do: "bring_back";
  readonly ref: string;
}

/** Several edits that happen as one, all or none. */
export interface Together {
  readonly do: "together";
  readonly edits: readonly Edit[];
}

export type Edit = Add | Change | Move | MarkGone | BringBack | Together;

const MOST_LEVELS = 8;

/** Whether data has the shape of an edit. */
export function isEdit(data: unknown, level = 1): data is Edit {
  if (!isObject(data)) return false;
  if (data.do === "together") {
    const edits = data.edits;
    return level <= MOST_LEVELS && isList(edits) && edits.every((one) => isEdit(one, level + 1));
  }
  const checks = typeof data.do === "string" ? SHAPES.get(data.do) : undefined;
  if (!checks) return false;
  return checks.every(([key, fits, isNeeded]) =>
    Object.hasOwn(data, key) ? fits(data[key]) : !isNeeded,
  );
}

/**
 * The edit of plain data.
 *
 * @throws EditRefused E116 if it is none, E107 if edits stand in edits too deeply.
 */
export function editOf(data: Json | undefined): Edit {
  if (isEdit(data)) return data;
  if (levels(data) > MOST_LEVELS) {
    throw new EditRefused("E107", "edits stand in edits too deeply");
  }
  throw new EditRefused("E116", 'expected an edit with a "do"');
}

function levels(data: Json | undefined): number {
  if (!isObject(data) || !isList(data.edits)) return 1;
  return 1 + Math.max(0, ...data.edits.map(levels));
}

type Fits = (value: unknown) => boolean;
const text: Fits = (value) => typeof value === "string";
const flag: Fits = (value) => typeof value === "boolean";
const anything: Fits = () => true;
const fieldsOrNone: Fits = (value) => value === null || isObject(value);
const place: Fits = (value) =>
  isObject(value) &&
  ["at", "pos", "lane"].every((key) => !Object.hasOwn(value, key) || text(value[key]));
const placeOrNone: Fits = (value) => value === null || place(value);

/** Of each command: its keys, what fits there, and whether it is needed. */
const SHAPES: ReadonlyMap<string, readonly (readonly [string, Fits, boolean])[]> = new Map([
  [
    "add",
    [
      ["ref", text, true],
      ["place", place, false],
      ["fields", isObject, false],
    ],
  ],
  [
    "change",
    [
      ["ref", text, true],
      ["field", text, true],
      ["value", anything, false],
      ["was", anything, false],
      ["undo", flag, false],
    ],
  ],
  [
    "move",
    [
      ["ref", text, true],
      ["place", place, true],
      ["was", placeOrNone, false],
      ["undo", flag, false],
    ],
  ],
  [
    "mark_gone",
    [
      ["ref", text, true],
      ["was", fieldsOrNone, false],
      ["undo", flag, false],
    ],
  ],
  ["bring_back", [["ref", text, true]]],
] satisfies [string, [string, Fits, boolean][]][]);
