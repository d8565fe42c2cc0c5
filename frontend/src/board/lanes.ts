/** Lanes added, renamed, put in order and taken off, as edits. */
import type { Board, Card } from "../doc/board.ts";
import type { Edit } from "../doc/commands.ts";
import { positionBetween } from "../doc/positions.ts";
import { lanesOf } from "./grid.ts";
import { placeAfter, together } from "./making.ts";

/** A lane of this name on the board; one that was taken off comes back. */
export function addLane(board: Board, name: string): Edit | null {
  const ref = `lane:${name}`;
  const known = board.find(ref);
  if (known?.gone) return { do: "bring_back", ref };
  if (known) return null;
  const last = board.row("map", "lane").at(-1);
  const pos = last ? positionBetween(last.pos, "") : "";
  return { do: "add", ref, place: { at: "map", pos, lane: "" }, fields: {} };
}

/** All statements of a lane, wherever they stand. */
export function statementsOf(board: Board, lane: string): Card[] {
  const homes = ["map"];
  for (const stage of board.row("map", "stage")) {
    homes.push(stage.ref, ...board.row(stage.ref, "step").map((step) => step.ref));
  }
  return homes.flatMap((at) => [...board.row(at, "statement", lane)]);
}

/** Another name for a lane: its statements go with it. Of a lane that is there already, both become one. */
export function renameLane(board: Board, lane: string, name: string): Edit | null {
  if (!name || name === lane) return null;
  const edits: Edit[] = [];
  const old = board.find(`lane:${lane}`);
  const other = board.find(`lane:${name}`);
  const row = board.row("map", "lane");
  if (other?.gone) edits.push({ do: "bring_back", ref: other.ref });
  if (!other) {
    const pos = old && !old.gone ? placeAfter(row, old) : "";
    edits.push({ do: "add", ref: `lane:${name}`, place: { at: "map", pos, lane: "" }, fields: {} });
  }
  for (const card of statementsOf(board, lane)) {
    const was = { at: card.at, pos: card.pos, lane: card.lane };
    edits.push({ do: "move", ref: card.ref, place: { ...was, lane: name }, was });
  }
  if (old && !old.gone) edits.push({ do: "mark_gone", ref: old.ref });
  return together(edits);
}

/** A lane one place up or down; lanes that nobody listed are listed first. */
export function moveLane(board: Board, lane: string, by: -1 | 1): Edit | null {
  const all = lanesOf(board);
  const index = all.findIndex((one) => one.name === lane);
  const beside = all[index + by];
  if (index < 0 || !beside) return null;
  const edits: Edit[] = [];
  let last = board.row("map", "lane").at(-1)?.pos ?? "";
  const positions = new Map<string, string>();
  for (const one of all) {
    if (one.card) {
      positions.set(one.name, one.card.pos);
      continue;
    }
    last = positionBetween(last, "");
    positions.set(one.name, last);
    const place = { at: "map", pos: last, lane: "" };
    // one that was taken off while statements still name it
    const gone = board.find(`lane:${one.name}`);
    if (gone) edits.push({ do: "bring_back", ref: gone.ref }, { do: "move", ref: gone.ref, place });
    else edits.push({ do: "add", ref: `lane:${one.name}`, place, fields: {} });
  }
  const others = all.filter((one) => one.name !== lane);
  const left = others[index + by - 1];
  const right = others[index + by];
  const before = left ? (positions.get(left.name) ?? "") : "";
  const after = right ? (positions.get(right.name) ?? "") : "";
  const pos = positionBetween(before, before && after && before >= after ? "" : after);
  edits.push({ do: "move", ref: `lane:${lane}`, place: { at: "map", pos, lane: "" } });
  return together(edits);
}

/** A lane off the board. Where statements stand in it they go too, and come back with one undo. */
export function removeLane(board: Board, lane: string): Edit | null {
  const edits: Edit[] = statementsOf(board, lane).map((card) => ({
    do: "mark_gone",
    ref: card.ref,
  }));
  const card = board.find(`lane:${lane}`);
  if (card && !card.gone) edits.push({ do: "mark_gone", ref: card.ref });
  return edits.length > 0 ? together(edits) : null;
}
