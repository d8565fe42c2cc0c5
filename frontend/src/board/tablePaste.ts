/** Cells of a spreadsheet as edits of the board, and every cell that was not understood. */
import type { Board } from "../doc/board.ts";
import type { Edit } from "../doc/commands.ts";
import { literal } from "./cellText.ts";
import { EMOTION, type Grid } from "./grid.ts";
import type { Random } from "./making.ts";
import { oneLine, PLAIN_WORDS, type TableWords } from "./table.ts";
import { type Counts, Filling } from "./tableFilling.ts";
import { type Cells, cellAt } from "./tableText.ts";

/** A cell with words that have no place on the board. */
export interface NotUnderstood {
  /** From 0, as in what was pasted. */
  readonly row: number;
  readonly column: number;
  readonly text: string;
  /** No stage stands over it; no lane beside it; a third row of heads; beyond the edge of the board. */
  readonly why: "no_stage" | "no_lane" | "extra_head" | "outside";
}

/** What a table would change. */
export interface Reading {
  /** Few edits, each of several that happen together. */
  readonly edits: readonly Edit[];
  readonly added: Counts;
  readonly notUnderstood: readonly NotUnderstood[];
}

const MOST_BYTES = 40_000; // of one edit; the server takes 64 kB
const HEADS = new Set(
  "stage stages phase phases phasen step steps schritt schritte journey customer-journey".split(
    " ",
  ),
);

/** Whether cells are a map with its heads: stages above, lanes at the side. */
export function looksLikeMap(cells: Cells): boolean {
  const width = Math.max(0, ...cells.map((row) => row.length));
  if (cells.length < 2 || width < 2 || !isCorner(cells, 0)) return false;
  const hasStage = cells[0]?.slice(1).some((cell) => cell.text !== "") ?? false;
  return hasStage && cells.slice(1).some((_, n) => isLaneRow(cells, n + 1));
}

/**
 * A table with its heads as edits: what is there by name is kept, what is missing is added, and
 * nothing is taken off.
 */
export function readMap(
  board: Board,
  cells: Cells,
  random: Random,
  words: TableWords = PLAIN_WORDS,
): Reading {
  const filling = new Filling(board, random, words);
  const lost: NotUnderstood[] = [];
  const heads = headRows(cells);
  const columns = readHeads(filling, cells, heads, words);
  for (let row = Math.min(heads, 2); row < heads; row += 1) {
    each(cells, row, (column, text) => lost.push({ row, column, text, why: "extra_head" }));
  }
  let lane = "";
  for (let row = heads; row < cells.length; row += 1) {
    const name = headAt(cells, row, 0);
    if (name) lane = filling.lane(name);
    each(cells, row, (column, text) => {
      const at = columns[column];
      if (!lane) lost.push({ row, column, text, why: "no_lane" });
      else if (!at) lost.push({ row, column, text, why: "no_stage" });
      else filling.cell(at, lane, text, lane === EMOTION);
    });
  }
  return { edits: inParts(filling.edits), added: filling.added, notUnderstood: lost };
}

/** Cells without heads, put in from one cell of the board on to the right and down. */
export function readCells(
  board: Board,
  grid: Grid,
  from: { readonly column: number; readonly lane: number },
  cells: Cells,
  random: Random,
): Reading {
  const filling = new Filling(board, random, PLAIN_WORDS);
  const lost: NotUnderstood[] = [];
  cells.forEach((line, row) => {
    line.forEach(({ text }, column) => {
      if (!text) return;
      const at = grid.columns[from.column + column]?.at;
      const lane = grid.lanes[from.lane + row]?.name;
      if (!at || !lane) lost.push({ row, column, text, why: "outside" });
      else filling.cell(at, lane, text, lane === EMOTION);
    });
  });
  return { edits: inParts(filling.edits), added: filling.added, notUnderstood: lost };
}

/** Where the cells of each column go: the ref of a step, a stage or the map. */
function readHeads(filling: Filling, cells: Cells, heads: number, words: TableWords): string[] {
  const width = Math.max(0, ...cells.map((row) => row.length));
  const columns: string[] = [""];
  let stage = "";
  let name = "";
  let step = "";
  for (let column = 1; column < width; column += 1) {
    const own = headAt(cells, 0, column);
    if (own && own === words.wholeJourney) {
      columns.push("map");
      name = "";
      stage = "";
      continue;
    }
    const isNew = own !== "" && own !== name;
    if (isNew) {
      stage = filling.stage(own);
      name = own;
      step = "";
    }
    const below = heads > 1 ? headAt(cells, 1, column) : "";
    const isMerged = heads > 1 && cellAt(cells, 1, column).isAcross && !isNew;
    if (below && !stage) stage = filling.stage(below);
    if (below) step = filling.step(stage, below);
    columns.push(below || (isMerged && step) ? step : stage);
  }
  return columns;
}

/** Rows before the first lane. */
function headRows(cells: Cells): number {
  let rows = 1;
  while (rows < cells.length && !isLaneRow(cells, rows)) rows += 1;
  return rows;
}

function isLaneRow(cells: Cells, row: number): boolean {
  return headAt(cells, row, 0) !== "" && !isCorner(cells, row);
}

/** Whether the first cell of a row says nothing, or that the row is of stages or steps. */
function isCorner(cells: Cells, row: number): boolean {
  const text = headAt(cells, row, 0).toLowerCase();
  return text === "" || HEADS.has(text.replace(/[ /]+/g, "-"));
}

function headAt(cells: Cells, row: number, column: number): string {
  return literal(oneLine(cellAt(cells, row, column).text));
}

/** Each cell of a row that has words, the first aside. */
function each(cells: Cells, row: number, act: (column: number, text: string) => void): void {
  cells[row]?.forEach(({ text }, column) => {
    if (text && column > 0) act(column, text);
  });
}

/** Edits joined into as few as the server takes. */
function inParts(edits: readonly Edit[]): Edit[] {
  const parts: Edit[][] = [];
  let room = 0;
  for (const edit of edits) {
    const size = new TextEncoder().encode(JSON.stringify(edit)).length;
    if (size > room || !parts.length) {
      parts.push([]);
      room = MOST_BYTES;
    }
    parts.at(-1)?.push(edit);
    room -= size;
  }
  return parts.map((part) => ({ do: "together", edits: part }));
}
