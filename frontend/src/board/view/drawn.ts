/** What the parts of a board need to be drawn, worked out once for all of them. */
import type { Board } from "../../doc/board.ts";
import type { Person } from "../../doc/view.ts";
import { type Grid, nameOf } from "../grid.ts";
import type { Look, Writing } from "../look.ts";
import { cellSpot, cellsBetween, HEADS, placeOf } from "../spots.ts";

export const NOBODY: ReadonlyMap<string, string> = new Map();

/** "0 Ann\n3 Ben" for each ref somebody is at. */
export function visitorsOf(people: readonly Person[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { at, color, name } of people) {
    if (!at) continue;
    const told = `${color} ${name}`;
    const before = found.get(at);
    found.set(at, before ? `${before}\n${told}` : told);
  }
  return found.size > 0 ? found : NOBODY;
}

/** Names of personas by their ids; the same map as long as the row is the same. */
export function personasOf(board: Board): ReadonlyMap<string, string> {
  const row = board.row("map", "persona");
  let found = NAMES.get(row);
  if (!found) {
    found = new Map(row.map((card) => [card.id, nameOf(card)]));
    NAMES.set(row, found);
  }
  return found;
}
const NAMES = new WeakMap<object, ReadonlyMap<string, string>>();

/** The cell a spot is in, as `cell:AT LANE`; "" for heads. */
export function cellKey(grid: Grid, board: Board, spot: string): string {
  const place = placeOf(grid, board, spot);
  if (!place || place.row < HEADS || place.column < 0) return "";
  const column = grid.columns[place.column];
  const lane = grid.lanes[place.row - HEADS];
  return column && lane ? cellSpot(column.at, lane.name) : "";
}

/** The cell something is written in. */
export function writingKey(board: Board, writing: Writing | null): string {
  if (writing?.what === "statement") return cellSpot(writing.at, writing.lane);
  if (writing?.what !== "field") return "";
  const card = board.find(writing.ref);
  return card?.kind === "statement" ? cellSpot(card.at, card.lane) : "";
}

/** Marked rows and columns; null where nothing is. */
export function markedOf(
  grid: Grid,
  board: Board,
  look: Look,
): { rows: readonly [number, number]; columns: readonly [number, number] } | null {
  return look.anchor ? cellsBetween(grid, board, look.anchor, look.focus) : null;
}

/** The lane something is written in, "" for heads. */
export function writingLaneOf(board: Board, writing: Writing | null): string {
  if (writing?.what === "statement") return writing.lane;
  return writing?.what === "field" ? (board.find(writing.ref)?.lane ?? "") : "";
}
