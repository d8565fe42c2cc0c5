import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdit } from "../doc/apply.ts";
import type { Board } from "../doc/board.ts";
import type { Edit } from "../doc/commands.ts";
import { exampleBoard, half } from "./example.ts";
import { lanesOf, stepsOf } from "./grid.ts";
import { addLane, moveLane, removeLane, renameLane, statementsOf } from "./lanes.ts";
import {
  addStage,
  addStatement,
  addStep,
  copyOf,
  mergeIntoPrevious,
  moveInRow,
  moveStep,
  moveTo,
  newId,
  splitStage,
  splitStatement,
  splitStep,
} from "./making.ts";

const after = (board: Board, edit: Edit | null | undefined): Board => {
  assert.ok(edit);
  const done = applyEdit(board, edit);
  // every edit people make can be taken back
  assert.deepEqual(shownOf(applyEdit(done.board, done.inverse).board), shownOf(board));
  return done.board;
};
const shownOf = (board: Board) =>
  board
    .cards()
    .filter((card) => board.isShown(card.ref))
    .map(({ ref, at, lane, pos, fields }) => ({ ref, at, lane, pos, fields }));
const refs = (cards: readonly { ref: string }[]) => cards.map((one) => one.ref);
const cell = (board: Board, at: string, lane: string) => refs(board.row(at, "statement", lane));

test("a new id tells what it is of, in any script, and fits into a ref", () => {
  assert.equal(newId("I look for a plant!", half), "i-look-for-a-plant-ssss");
  assert.equal(newId("注文する", half), "注文する-ssss");
  assert.equal(newId("  ", half), "x-ssss");
  assert.notEqual(
    newId("a", () => 0),
    newId("a", () => 0.99),
  );
});

test("a stage, a step and a statement come after the one they were asked for", () => {
  const board = exampleBoard();
  const stage = addStage(board, "Think", board.card("stage:find"), half);
  const withStage = after(board, stage.edit);
  assert.deepEqual(refs(withStage.row("map", "stage")), ["stage:find", stage.ref, "stage:buy"]);
  const step = addStep(board, "stage:find", "I ask", board.card("step:search"), half);
  const withStep = after(board, step.edit);
  assert.deepEqual(refs(stepsOf(withStep)), ["step:search", step.ref, "step:compare", "step:pay"]);
  const said = addStatement("step:compare", "pains", { text: "So many" }, half);
  assert.deepEqual(cell(after(board, said.edit), "step:compare", "pains"), [said.ref]);
});

test("a card moves between cells and within its cell, and not where it is already", () => {
  const board = exampleBoard();
  const slow = board.card("statement:slow");
  const moved = after(board, moveTo(board, slow, "step:pay", "gains", null));
  assert.deepEqual(cell(moved, "step:pay", "gains"), ["statement:slow", "statement:easy"]);
  const down = after(board, moveInRow(board, slow, 1));
  assert.deepEqual(cell(down, "step:search", "pains"), ["statement:empty", "statement:slow"]);
  assert.equal(moveInRow(board, slow, -1), null);
  assert.equal(moveTo(board, slow, "step:search", "pains", null), null);
});

test("a step moves within its stage, then on into the next stage", () => {
  const board = exampleBoard();
  const once = after(board, moveStep(board, board.card("step:search"), 1));
  assert.deepEqual(refs(stepsOf(once)), ["step:compare", "step:search", "step:pay"]);
  const twice = after(once, moveStep(once, once.card("step:search"), 1));
  assert.equal(twice.card("step:search").at, "stage:buy");
  assert.deepEqual(refs(twice.row("stage:buy", "step")), ["step:search", "step:pay"]);
  assert.equal(moveStep(board, board.card("step:pay"), 1), null);
});

test("a copy of a stage holds copies of all that stands in it", () => {
  const board = exampleBoard();
  let n = 0;
  const random = () => (n = (n + 0.137) % 1);
  const copy = copyOf(board, board.card("stage:find"), random);
  const now = after(board, copy.edit);
  assert.deepEqual(refs(now.row("map", "stage")), ["stage:find", copy.ref, "stage:buy"]);
  const steps = now.row(copy.ref, "step");
  assert.deepEqual(
    steps.map((one) => one.fields.name),
    ["I search", "I compare"],
  );
  const texts = now.row(steps[0]?.ref ?? "", "statement", "pains").map((one) => one.fields.text);
  assert.deepEqual(texts, ["It is slow", "It finds nothing"]);
});

test("splitting and merging a stage are each other's opposite", () => {
  const board = exampleBoard();
  const split = splitStage(board, board.card("stage:find"), board.card("step:compare"), "B", half);
  const two = after(board, split.edit);
  assert.deepEqual(refs(two.row("stage:find", "step")), ["step:search"]);
  assert.deepEqual(refs(two.row(split.ref, "step")), ["step:compare"]);
  const one = after(two, mergeIntoPrevious(two, two.card(split.ref))?.edit);
  assert.deepEqual(refs(one.row("stage:find", "step")), ["step:search", "step:compare"]);
  assert.equal(mergeIntoPrevious(board, board.card("stage:find")), null);
});

test("a step is parted by its statements, and merged with its touchpoints", () => {
  const board = exampleBoard();
  const empty = [board.card("statement:empty")];
  const split = splitStep(board, board.card("step:search"), "I wait", empty, half);
  const two = after(board, split.edit);
  assert.deepEqual(cell(two, split.ref, "pains"), ["statement:empty"]);
  const back = after(two, mergeIntoPrevious(two, two.card(split.ref))?.edit);
  assert.deepEqual(cell(back, "step:search", "pains"), ["statement:slow", "statement:empty"]);
  const chat = after(board, {
    do: "change",
    ref: "step:compare",
    field: "touchpoints",
    value: ["web", "chat"],
  });
  const merged = after(chat, mergeIntoPrevious(chat, chat.card("step:compare"))?.edit);
  assert.deepEqual(merged.card("step:search").fields.touchpoints, ["web", "chat"]);
});

test("a statement is parted where its text is, and merged again", () => {
  const board = exampleBoard();
  const empty = board.card("statement:empty");
  const split = splitStatement(board, empty, 8, half);
  assert.ok(split);
  const two = after(board, split.edit);
  assert.deepEqual(
    two.row("step:search", "statement", "pains").map((one) => one.fields.text),
    ["It is slow", "It finds", "nothing"],
  );
  const merged = after(two, mergeIntoPrevious(two, two.card(split.ref))?.edit);
  assert.equal(merged.card("statement:empty").fields.text, "It finds\nnothing");
  assert.equal(splitStatement(board, empty, 0, half), null);
});

test("a lane gets another name, and its statements go with it", () => {
  const board = exampleBoard();
  const now = after(board, renameLane(board, "pains", "troubles"));
  assert.deepEqual(
    lanesOf(now).map((one) => one.name),
    ["troubles", "emotion", "gains"],
  );
  assert.deepEqual(refs(statementsOf(now, "troubles")), [
    "statement:slow",
    "statement:empty",
    "statement:all",
  ]);
  const joined = after(board, renameLane(board, "gains", "pains"));
  assert.deepEqual(cell(joined, "step:pay", "pains"), ["statement:easy"]);
  assert.equal(renameLane(board, "pains", "pains"), null);
});

test("lanes are added, put in order, taken off and brought back", () => {
  const board = exampleBoard();
  const names = (one: Board) => lanesOf(one).map((lane) => lane.name);
  const added = after(board, addLane(board, "owner"));
  assert.deepEqual(names(added), ["pains", "emotion", "owner", "gains"]);
  assert.equal(addLane(board, "pains"), null);
  const up = after(board, moveLane(board, "gains", -1));
  assert.deepEqual(names(up), ["pains", "gains", "emotion"]);
  const down = after(board, moveLane(board, "pains", 1));
  assert.deepEqual(names(down), ["emotion", "pains", "gains"]);
  assert.equal(moveLane(board, "pains", -1), null);
  const gone = after(board, removeLane(board, "pains"));
  assert.deepEqual(names(gone), ["emotion", "gains"]);
  assert.deepEqual(names(after(gone, addLane(gone, "pains"))), ["pains", "emotion", "gains"]);
});
