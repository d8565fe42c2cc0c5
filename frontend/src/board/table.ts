/** The board as a table of a spreadsheet: stages and steps across, lanes down. */
import type { Board, Card } from "../doc/board.ts";
import { cellOf, type Said } from "./cellText.ts";
import {
  type Column,
  EMOTION,
  type Grid,
  nameOf,
  scoreOf,
  TOUCHPOINTS,
  textOf,
  textsOf,
} from "./grid.ts";
import { textOfRows } from "./tableText.ts";

/** Words of a table; a lane is told by its name as people see it. */
export interface TableWords {
  laneName(lane: string): string;
  /** Head of the column of what is said of the whole journey. */
  readonly wholeJourney: string;
}

export const PLAIN_WORDS: TableWords = { laneName: (lane) => lane, wholeJourney: "*" };

/** A part of the board: some of its columns and lanes, with or without their heads. */
export interface TablePart {
  readonly columns: Grid["columns"];
  readonly lanes: Grid["lanes"];
  readonly hasHeads: boolean;
}

/** Tab-separated text of a part of the board, and how many statements have no words to be told. */
export function tableOf(
  board: Board,
  part: TablePart,
  words: TableWords = PLAIN_WORDS,
): { readonly text: string; readonly leftOut: number } {
  let leftOut = 0;
  const rows: string[][] = part.hasHeads ? heads(board, part.columns, words) : [];
  for (const lane of part.lanes) {
    const cells = part.columns.map((column) => {
      const said = saidAt(board, column, lane.name);
      leftOut += said.filter((one) => !one.text && one.score === null).length;
      return cellOf(
        said.filter((one) => one.text || one.score !== null),
        lane.name === EMOTION,
      );
    });
    rows.push(part.hasHeads ? [words.laneName(lane.name), ...cells] : cells);
  }
  return { text: textOfRows(rows), leftOut };
}

/** The names of stages, each once over its first column, and below them those of steps. */
function heads(board: Board, columns: Grid["columns"], words: TableWords): string[][] {
  let before = "";
  const stages = columns.map(({ kind, stage }) => {
    const isNew = stage !== before || kind === "map";
    before = stage;
    if (kind === "map") return words.wholeJourney;
    return isNew ? headOf(board.find(stage)) : "";
  });
  const steps = columns.map(({ kind, card }) => (kind === "step" ? headOf(card) : ""));
  return [
    ["", ...stages],
    ["", ...steps],
  ];
}

/** A name in one line; one that is missing is told by the id. */
function headOf(card: Card | undefined): string {
  if (!card) return "";
  return cellOf([{ text: oneLine(nameOf(card)) || card.id, score: null }], false);
}

/** A text without breaks of lines. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** What a cell of the board says: touchpoints of a step by their names, then statements. */
function saidAt(board: Board, { at, kind, card }: Column, lane: string): Said[] {
  const said: Said[] = [];
  if (lane === TOUCHPOINTS && kind === "step") {
    for (const id of textsOf(card.fields.touchpoints)) {
      const touchpoint = board.find(`touchpoint:${id}`);
      said.push({ text: (touchpoint && oneLine(nameOf(touchpoint))) || id, score: null });
    }
  }
  for (const one of board.row(at, "statement", lane)) {
    said.push({ text: textOf(one.fields.text).trim(), score: scoreOf(one) });
  }
  return said;
}
