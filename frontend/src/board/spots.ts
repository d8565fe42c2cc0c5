/** Where the keyboard can stand on the board, and where an arrow leads from there. */
import type { Board } from "../doc/board.ts";
import { chipsOf, type Grid } from "./grid.ts";

export type Direction = "up" | "down" | "left" | "right" | "first" | "last" | "top" | "bottom";

/** A cell of the board: row 0 holds the stages, row 1 the steps and what was measured there, then the lanes; column -1 the names of lanes. */
export interface Place {
  row: number;
  column: number;
  index: number;
}

export const HEADS = 2;

/** Name of an empty cell. */
export function cellSpot(at: string, lane: string): string {
  // an id holds no space, a lane may
  return `cell:${at} ${lane}`;
}

/** Name of what was measured at a column. */
export function metSpot(at: string): string {
  return `met:${at}`;
}

/** Ref of the card a spot is about: the touchpoint of its chip, the step of what was measured there. */
export function aboutOf(spot: string): string {
  if (spot.startsWith("met:")) return spot.slice("met:".length);
  return spot.startsWith("chip:") ? `touchpoint:${spot.split("\u001f")[1] ?? ""}` : spot;
}

/** What can be stood on in a cell, top to bottom. */
export function spotsAt(grid: Grid, board: Board, row: number, column: number): string[] {
  const lane = grid.lanes[row - HEADS];
  if (column < 0) return [row < HEADS ? `corner:${row}` : `lane:${lane?.name ?? ""}`];
  const place = grid.columns[column];
  if (!place) return [];
  if (row === 0) return place.stage ? [place.stage] : ["head:map"];
  if (row === 1) {
    const head = place.kind === "step" ? place.at : `head:${place.at}`;
    return grid.hasMet ? [head, metSpot(place.at)] : [head];
  }
  if (!lane) return [];
  const cards = board.row(place.at, "statement", lane.name).map((card) => card.ref);
  const chips = chipsOf(board, place, lane.name).map((chip) => `chip:${chip.key}`);
  const all = [...chips, ...cards];
  return all.length > 0 ? all : [cellSpot(place.at, lane.name)];
}

/** Where a spot is, null where it is not on the board (any more). */
export function placeOf(grid: Grid, board: Board, spot: string): Place | null {
  const [kind] = spot.split(":", 1);
  if (kind === "corner") return { row: Number(spot.slice(7)), column: -1, index: 0 };
  if (kind === "lane") {
    const row = grid.lanes.findIndex((lane) => `lane:${lane.name}` === spot);
    return row < 0 ? null : { row: row + HEADS, column: -1, index: 0 };
  }
  if (kind === "stage") {
    const span = grid.spans.find((one) => one.ref === spot);
    return span ? { row: 0, column: span.from, index: 0 } : null;
  }
  if (kind === "step" || kind === "head" || kind === "met") {
    const at = kind === "step" ? spot : spot.slice(spot.indexOf(":") + 1);
    const column = grid.columns.findIndex((one) => one.at === at);
    const isMet = kind === "met";
    if (column < 0 || (isMet && !grid.hasMet)) return null;
    return { row: 1, column, index: isMet ? 1 : 0 };
  }
  return inLanes(grid, board, spot, kind ?? "");
}

function inLanes(grid: Grid, board: Board, spot: string, kind: string): Place | null {
  const { at, lane } = homeOf(board, spot, kind);
  const column = grid.columns.findIndex((one) => one.at === at);
  const row = grid.lanes.findIndex((one) => one.name === lane) + HEADS;
  if (column < 0 || row < HEADS) return null;
  const index = spotsAt(grid, board, row, column).indexOf(spot);
  // an empty cell that got a card meanwhile is still a place
  if (index < 0 && kind !== "cell") return null;
  return { row, column, index: Math.max(0, index) };
}

function homeOf(board: Board, spot: string, kind: string): { at: string; lane: string } {
  if (kind === "statement") {
    const card = board.find(spot);
    return card && !card.gone ? { at: card.at, lane: card.lane } : { at: "", lane: "" };
  }
  const [home = ""] = spot.slice(5).split("\u001f", 1);
  const space = home.indexOf(" ");
  return { at: home.slice(0, space), lane: home.slice(space + 1) };
}

/** The spot an arrow leads to; the same one at the edge. */
export function nextSpot(grid: Grid, board: Board, spot: string, direction: Direction): string {
  const place = placeOf(grid, board, spot);
  if (!place) return firstSpot(grid);
  const rows = HEADS + grid.lanes.length;
  const { row, column, index } = place;
  const at = (r: number, c: number, i: number) => {
    const spots = spotsAt(grid, board, r, c);
    return spots[Math.max(0, Math.min(i, spots.length - 1))] ?? spot;
  };
  const many = spotsAt(grid, board, row, column).length;
  switch (direction) {
    case "up":
      if (index > 0) return at(row, column, index - 1);
      return row > 0 ? at(row - 1, column, Number.MAX_SAFE_INTEGER) : spot;
    case "down":
      if (index < many - 1) return at(row, column, index + 1);
      return row < rows - 1 ? at(row + 1, column, 0) : spot;
    case "left":
      return at(row, Math.max(-1, columnBeside(grid, row, column, -1)), index);
    case "right":
      return at(row, Math.min(grid.columns.length - 1, columnBeside(grid, row, column, 1)), index);
    case "first":
      return at(row, -1, 0);
    case "last":
      return at(row, grid.columns.length - 1, 0);
    case "top":
      return at(0, 0, 0);
    case "bottom":
      return at(rows - 1, grid.columns.length - 1, 0);
  }
}

/** The next column; in the row of stages the next stage. */
function columnBeside(grid: Grid, row: number, column: number, by: -1 | 1): number {
  if (row > 0 || column < 0) return column + by;
  const span = grid.spans.find((one) => column >= one.from && column < one.from + one.count);
  if (!span) return column + by;
  return by > 0 ? span.from + span.count : span.from - 1;
}

/** Where the keyboard stands first. */
export function firstSpot(grid: Grid): string {
  return grid.spans[0]?.ref ?? (grid.lanes[0] ? `lane:${grid.lanes[0].name}` : "corner:0");
}

/** The cell a spot is in: what it stands at and its lane, "" for heads. */
export function cellOf(grid: Grid, board: Board, spot: string): { at: string; lane: string } {
  const place = placeOf(grid, board, spot);
  if (!place || place.column < 0) return { at: "", lane: "" };
  const lane = grid.lanes[place.row - HEADS];
  return { at: grid.columns[place.column]?.at ?? "", lane: lane?.name ?? "" };
}

/** The cells between two spots, as a rectangle; for copying and marking. */
export function cellsBetween(
  grid: Grid,
  board: Board,
  one: string,
  other: string,
): { rows: readonly [number, number]; columns: readonly [number, number] } | null {
  const a = placeOf(grid, board, one);
  const b = placeOf(grid, board, other);
  if (!a || !b) return null;
  return {
    rows: [Math.min(a.row, b.row), Math.max(a.row, b.row)],
    columns: [Math.max(0, Math.min(a.column, b.column)), Math.max(a.column, b.column)],
  };
}
