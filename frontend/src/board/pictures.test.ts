import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdit } from "../doc/apply.ts";
import { type Board, newCard } from "../doc/board.ts";
import { exampleBoard } from "./example.ts";
import { languageOf } from "./grid.ts";
import { mergeIntoPrevious, together } from "./making.ts";
import { altOf, imageOf, pictured, picturePath } from "./pictures.ts";

const ID = "ab".repeat(32);
const seen = (board: Board, ref: string) => {
  const card = board.card(ref);
  return [imageOf(card), altOf(card)];
};

test("a new picture does not keep the words of the one before, and undo brings both back", () => {
  const board = exampleBoard();
  const first = together(pictured(board.card("statement:slow"), ID, "A queue"));
  const shown = applyEdit(board, first).board;
  assert.deepEqual(seen(shown, "statement:slow"), [ID, "A queue"]);
  const other = together(pictured(shown.card("statement:slow"), "cd".repeat(32)));
  const done = applyEdit(shown, other);
  assert.deepEqual(seen(done.board, "statement:slow"), ["cd".repeat(32), ""]);
  const back = applyEdit(done.board, done.inverse).board;
  assert.deepEqual(seen(back, "statement:slow"), [ID, "A queue"]);
  const none = applyEdit(shown, together(pictured(shown.card("statement:slow"), ""))).board;
  const { image, image_alt } = none.card("statement:slow").fields;
  assert.deepEqual([image, image_alt], [undefined, undefined]);
});

test("merging keeps the picture of the card that goes, where the other has none", () => {
  const board = exampleBoard();
  const steps = board.row("stage:find", "step");
  const [into, from] = [steps[0]?.ref ?? "", steps[1]?.ref ?? ""];
  const shown = applyEdit(board, together(pictured(board.card(from), ID, "A shelf"))).board;
  const made = mergeIntoPrevious(shown, shown.card(from));
  assert.ok(made);
  assert.deepEqual(seen(applyEdit(shown, made.edit).board, into), [ID, "A shelf"]);
});

test("only pictures of the server are asked for", () => {
  const place = { at: "step:a", pos: "a", lane: "pains" };
  const path = (image: string) => picturePath(newCard("statement:a", { image }, place));
  assert.equal(path(ID), `/api/images/${ID}`);
  assert.equal(path("photos/queue.jpg"), "");
  assert.equal(path("../maps"), "");
});

test("the language of a map is told only where it is one", () => {
  const board = exampleBoard();
  const told = (language: string) => {
    const map = board.card("map");
    return languageOf(board.withCard({ ...map, fields: { ...map.fields, language } }));
  };
  assert.deepEqual(["de", "pt-br", "not a language!"].map(told), ["de", "pt-BR", undefined]);
});
