/** What keys and menus do on the board. */
import type { Board, Card } from "../doc/board.ts";
import { notched } from "./curve.ts";
import { EMOTION, scoreOf } from "./grid.ts";
import type { Hand } from "./hand.ts";
import type { Act } from "./keys.ts";
import { zoomed } from "./look.ts";
import { copyOf, mergeIntoPrevious, moveInRow, moveStep } from "./making.ts";
import { aboutOf, cellOf, nextSpot } from "./spots.ts";

/** What a key or a menu asks for. Gives whether it was ours. */
export function act(hand: Hand, act: Act): boolean {
  const { board } = hand;
  if (!board) return false;
  const grid = hand.grid(board);
  const spot = hand.spot(board);
  switch (act.act) {
    case "go":
      hand.stand(nextSpot(grid, board, spot, act.to), true);
      return true;
    case "mark": {
      const { anchor } = hand.getSnapshot();
      hand.stand(nextSpot(grid, board, spot, act.to), true, anchor || spot);
      return true;
    }
    case "undo":
    case "redo":
      again(hand, act.act);
      return true;
    case "zoom":
      zoom(hand, act.to);
      return true;
    case "keys":
      hand.ask({ ask: "keys" });
      return true;
    case "read":
      hand.evidence?.read(act.as);
      return true;
    case "evidence":
      return look(hand, board, spot);
    case "leave":
      if (hand.evidence?.getSnapshot().looked) {
        hand.evidence.set({ looked: null });
        return true;
      }
      if (!hand.getSnapshot().anchor && !hand.getSnapshot().isPanelOpen) return false;
      hand.set({
        anchor: "",
        isPanelOpen: hand.getSnapshot().anchor ? hand.getSnapshot().isPanelOpen : false,
      });
      return true;
    default:
      return onCard(hand, act, board, spot);
  }
}

/** Open what the evidence says of the card; where none is shown, there is nothing in this direction. */
function look(hand: Hand, board: Board, spot: string): boolean {
  const { evidence } = hand;
  const ref = aboutOf(spot);
  const card = board.find(ref);
  const judged = evidence?.getSnapshot().judged;
  const hasNumbers = judged?.step(ref) || judged?.held(ref);
  if (!evidence || !card || !(evidence.markOf(card) || hasNumbers)) return hand.edge();
  evidence.set({ looked: { ref, isOpened: true } });
  return true;
}

function again(hand: Hand, which: "undo" | "redo"): void {
  const { canUndo, canRedo } = hand.desk.getSnapshot();
  if (which === "undo" ? !canUndo : !canRedo) {
    hand.edge();
    return;
  }
  hand.desk[which]();
  hand.tell({ news: which === "undo" ? "undone" : "redone" });
  hand.set({ grab: hand.getSnapshot().grab + 1 });
}

function zoom(hand: Hand, to: "in" | "out" | "full" | "fit"): void {
  if (to === "full" || to === "fit") hand.set({ zoom: to === "full" ? 1 : 0 });
  else hand.set({ zoom: zoomed(hand.getSnapshot().zoom || 1, to) });
}

function onCard(hand: Hand, act: Act, board: Board, spot: string): boolean {
  const card = board.find(spot) ?? null;
  const cell = cellOf(hand.grid(board), board, spot);
  switch (act.act) {
    case "edit":
      return edit(hand, board, spot, card);
    case "new":
      if (!cell.lane) return newBeside(hand, spot, card);
      hand.write({ what: "statement", ...cell, after: card?.ref ?? "" });
      return true;
    case "step":
      return newStep(hand, board, cell.at, card);
    case "stage":
      hand.write({ what: "stage", after: stageOf(hand, board, card, cell.at) });
      return true;
    case "details":
      hand.set({ isPanelOpen: !hand.getSnapshot().isPanelOpen });
      return true;
    default:
      if (!card || card.kind === "lane") return hand.edge();
      if (!hand.may(card.lane)) {
        hand.tell({ news: "reading" });
        return true;
      }
      change(hand, act, board, card);
      return true;
  }
}

function edit(hand: Hand, board: Board, spot: string, card: Card | null): boolean {
  if (spot.startsWith("chip:") || spot.startsWith("cell:")) {
    const { at, lane } = cellOf(hand.grid(board), board, spot);
    const isChip = spot.startsWith("chip:") || lane === "touchpoints";
    if (isChip && at.startsWith("step:")) hand.ask({ ask: "touchpoints", step: at });
    else hand.write({ what: "statement", at, lane, after: "" });
    return true;
  }
  if (spot.startsWith("lane:")) {
    hand.ask({ ask: "lanes" });
    return true;
  }
  if (!card) return false;
  hand.write({
    what: "field",
    ref: card.ref,
    field: card.kind === "statement" ? "text" : "name",
  });
  return true;
}

function newBeside(hand: Hand, spot: string, card: Card | null): boolean {
  if (card?.kind === "step") hand.write({ what: "step", stage: card.at, after: card.ref });
  else if (spot.startsWith("lane:")) hand.ask({ ask: "lanes" });
  else if (spot.startsWith("met:")) return hand.edge();
  else hand.write({ what: "stage", after: card?.kind === "stage" ? card.ref : "" });
  return true;
}

function newStep(hand: Hand, board: Board, at: string, card: Card | null): boolean {
  const stage = stageOf(hand, board, card, at);
  if (!stage) return hand.edge();
  const after = card?.kind === "step" ? card.ref : at.startsWith("step:") ? at : "";
  hand.write({ what: "step", stage, after });
  return true;
}

function stageOf(_hand: Hand, board: Board, card: Card | null, at: string): string {
  for (let one = card ?? board.find(at); one; one = board.find(one.at)) {
    if (one.kind === "stage") return one.ref;
  }
  return "";
}

function change(hand: Hand, act: Act, board: Board, card: Card): void {
  switch (act.act) {
    case "gone":
      hand.take(card);
      break;
    case "copy":
      hand.make(copyOf(board, card, hand.random), "copied");
      break;
    case "merge":
      hand.make(mergeIntoPrevious(board, card), "merged");
      break;
    case "move":
      hand.ask({ ask: "move", ref: card.ref });
      break;
    case "split":
      hand.ask({ ask: "split", ref: card.ref });
      break;
    case "score":
      if (card.lane === EMOTION) hand.score(card, card.at, notched((scoreOf(card) ?? 0) + act.by));
      break;
    case "moment":
      moment(hand, card);
      break;
    case "shift":
      shift(hand, board, card, act.to);
      break;
  }
}

function moment(hand: Hand, card: Card): void {
  if (card.kind !== "step") return;
  const value = card.fields.moment_of_truth === true ? null : true;
  hand.send({ do: "change", ref: card.ref, field: "moment_of_truth", value });
}

function shift(hand: Hand, board: Board, card: Card, to: "up" | "down" | "left" | "right"): void {
  const by = to === "up" || to === "left" ? -1 : 1;
  const isAside = to === "left" || to === "right";
  if (card.kind === "stage" || card.kind === "step") {
    if (!isAside) {
      hand.edge();
      return;
    }
    const edit = card.kind === "stage" ? moveInRow(board, card, by) : moveStep(board, card, by);
    const { at, lane } = edit?.do === "move" ? { at: edit.place.at ?? "", lane: "" } : card;
    if (edit && hand.send(edit)) shifted(hand, card, at, lane);
    else if (!edit) hand.edge();
    return;
  }
  if (isAside) {
    shiftAside(hand, board, card, by);
    return;
  }
  const edit = moveInRow(board, card, by);
  if (edit) {
    if (hand.send(edit)) shifted(hand, card, card.at, card.lane);
    return;
  }
  const grid = hand.grid(board);
  const index = grid.lanes.findIndex((one) => one.name === card.lane);
  const lane = grid.lanes[index + by];
  if (!lane) {
    hand.edge();
    return;
  }
  hand.put(card, card.at, lane.name, by > 0 ? null : undefined);
}

function shiftAside(hand: Hand, board: Board, card: Card, by: -1 | 1): void {
  const { columns } = hand.grid(board);
  const beside = columns[columns.findIndex((one) => one.at === card.at) + by];
  if (!beside) {
    hand.edge();
    return;
  }
  hand.put(card, beside.at, card.lane);
}

function shifted(hand: Hand, card: Card, at: string, lane: string): void {
  hand.stand(card.ref, true);
  hand.tell({ news: "moved", ref: card.ref, at, lane });
}
