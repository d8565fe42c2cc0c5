import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleBoard } from "../../board/example.ts";
import { applyEdit } from "../../doc/apply.ts";
import { dotsLeft, laneOptions, scale, stepOptions, textOptions, writing } from "./ballots.ts";

const random = () => 0;

test("cards and lines are voted on, each once", () => {
  const board = exampleBoard();
  assert.ok(stepOptions(board).some((one) => one.key === "step:pay"));
  assert.ok(laneOptions(board, "pains").some((one) => one.ref === "statement:slow"));
  assert.deepEqual(
    textOptions(" a \n\nb\na").map((one) => one.text),
    ["a", "b"],
  );
});

test("dots are counted down, and scores have a scale", () => {
  const asked = { question: "?", kind: "dots", options: [], dots: 5 } as const;
  assert.equal(dotsLeft(asked, { a: 2, b: 1 }), 2);
  assert.deepEqual(scale({ ...asked, measure: "emotion" }), [-2, -1, 0, 1, 2]);
});

test("averages are written where a card can take them, and nowhere else", () => {
  const board = exampleBoard();
  const options = ["statement:slow", "step:pay", "statement:none", ""].map((ref) => ({
    key: `k${ref}`,
    ref,
    text: "",
  }));
  const asked = { question: "?", kind: "score", options, measure: "importance" } as const;
  const result = {
    people: 3,
    options: options.map(({ key }) => ({ key, dots: 0, levels: [], people: 3, mean: 3.6 })),
    apart: [],
  };
  const [edit, count] = writing(board, asked, result, random) ?? [];
  assert.equal(count, 1);
  assert.equal(edit && applyEdit(board, edit).board.card("statement:slow").fields.importance, 4);
  const felt = writing(
    board,
    { ...asked, measure: "emotion" },
    { ...result, options: result.options.map((one) => ({ ...one, mean: -1.3 })) },
    random,
  );
  assert.equal(felt?.[1], 1);
  const after = felt ? applyEdit(board, felt[0]).board : board;
  assert.equal(after.row("step:pay", "statement", "emotion")[0]?.fields.score, -1.5);
});
