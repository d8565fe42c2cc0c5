import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdit } from "../doc/apply.ts";
import type { Edit } from "../doc/commands.ts";
import type { View } from "../doc/view.ts";
import { act } from "./acts.ts";
import { exampleBoard } from "./example.ts";
import { Hand } from "./hand.ts";
import { actOf } from "./keys.ts";
import type { News } from "./look.ts";

/** A desk without a server. */
function deskOf(role = "editor", lanes: string[] = []) {
  let view: View = {
    board: exampleBoard(),
    state: "saved",
    ended: "",
    waiting: 0,
    kept: true,
    people: [],
    notices: [],
    canUndo: true,
    canRedo: false,
    role,
    lanes,
    seq: 0,
  };
  const undo: Edit[] = [];
  const edit = (one: Edit) => {
    const done = applyEdit(view.board ?? exampleBoard(), one);
    undo.push(done.inverse);
    view = { ...view, board: done.board };
    return true;
  };
  return {
    subscribe: () => () => {},
    getSnapshot: () => view,
    edit,
    undo: () => {
      const one = undo.pop();
      if (one) edit(one);
    },
    redo: () => {},
    presence: () => {},
  };
}

function handOf(role?: string, lanes?: string[]) {
  const news: News[] = [];
  const shelf = { getItem: () => null, setItem: () => {} };
  let n = 0;
  const random = () => {
    n = (n + 0.137) % 1;
    return n;
  };
  const hand = new Hand(deskOf(role, lanes), "shop", shelf, random, (one) => news.push(one));
  const press = (...keys: string[]) => {
    for (const one of keys) {
      const [key = "", held = ""] = one.split("/");
      const found = actOf({
        key,
        ctrlKey: held.includes("c"),
        metaKey: false,
        altKey: held.includes("a"),
        shiftKey: held.includes("s"),
      });
      assert.ok(found, `${one} is no key of the board`);
      act(hand, found);
    }
  };
  const cell = (at: string, lane: string) =>
    hand.board?.row(at, "statement", lane).map((one) => one.fields.text ?? one.fields.score);
  return { hand, news, press, cell };
}

test("a statement is written, moved, copied and taken off with keys alone", () => {
  const { hand, press, cell, news } = handOf();
  hand.stand("cell:step:compare pains");
  press("n");
  assert.deepEqual(hand.getSnapshot().writing, {
    what: "statement",
    at: "step:compare",
    lane: "pains",
    after: "",
  });
  hand.finish("  Too many  ");
  assert.deepEqual(cell("step:compare", "pains"), ["Too many"]);
  press("ArrowRight/a");
  assert.deepEqual(cell("step:pay", "pains"), ["Too many"]);
  press("ArrowDown/a");
  assert.deepEqual(cell("step:pay", "emotion"), ["Too many", 1.5]);
  press("ArrowUp/a", "d", "Delete");
  assert.deepEqual(cell("step:pay", "pains"), ["Too many"]);
  assert.deepEqual(news.at(-1)?.news, "gone");
  assert.equal(hand.card()?.fields.text, "Too many");
  press("z/c");
  assert.deepEqual(cell("step:pay", "pains"), ["Too many", "Too many"]);
});

test("steps and stages are added and moved with keys alone", () => {
  const { hand, press } = handOf();
  const names = () =>
    hand.board
      ?.row("map", "stage")
      .map((one) => [
        one.fields.name,
        ...(hand.board?.row(one.ref, "step").map((step) => step.fields.name) ?? []),
      ]);
  hand.stand("statement:slow");
  press("s");
  hand.finish("I ask");
  press("g");
  hand.finish("Think");
  hand.stand("step:compare");
  press("ArrowRight/a");
  hand.stand("stage:buy");
  press("ArrowLeft/a", "ArrowLeft/a");
  assert.deepEqual(names(), [
    ["Buy", "I pay"],
    ["Find", "I search", "I ask"],
    ["Think", "I compare"],
  ]);
  press("ArrowLeft/a");
  assert.equal(names()?.[0]?.[0], "Buy");
});

test("the score goes up and down by half and no further than the scale", () => {
  const { hand, press } = handOf();
  hand.stand("statement:mood");
  press("+", "+", "+");
  assert.equal(hand.card()?.fields.score, 0.5);
  press("-", "-", "-", "-", "-", "-", "-");
  assert.equal(hand.card()?.fields.score, -2);
});

test("marking stretches from where it began, and leaving it lets go", () => {
  const { hand, press } = handOf();
  hand.stand("statement:slow");
  press("ArrowRight/s", "ArrowDown/s");
  assert.equal(hand.getSnapshot().anchor, "statement:slow");
  assert.equal(hand.getSnapshot().focus, "cell:step:compare emotion");
  press("Escape");
  assert.equal(hand.getSnapshot().anchor, "");
});

test("who may only look changes nothing, and is told so", () => {
  const { hand, press, news } = handOf("viewer");
  const before = hand.board;
  hand.stand("statement:slow");
  press("n", "Delete", "d", "ArrowRight/a", "F2");
  hand.stand("stage:find");
  press("g", "j", "Delete");
  assert.equal(hand.board, before);
  assert.equal(hand.getSnapshot().writing, null);
  assert.deepEqual(new Set(news.map((one) => one.news)), new Set(["reading"]));
});

test("a partner writes in their own lanes only", () => {
  const { hand, press, cell } = handOf("editor", ["gains"]);
  hand.stand("statement:slow");
  press("Delete");
  hand.stand("cell:step:compare gains");
  press("n");
  hand.finish("Clear pictures");
  press("ArrowUp/a");
  assert.deepEqual(cell("step:compare", "gains"), ["Clear pictures"]);
  assert.deepEqual(cell("step:search", "pains"), ["It is slow", "It finds nothing"]);
});
