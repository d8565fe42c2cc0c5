import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleBoard } from "../../board/example.ts";
import { applyEdit } from "../../doc/apply.ts";
import { isWaiting, proposedFor, putOn } from "./sortedNotes.ts";

const random = () => Math.random();
const note = (id: string, lane: string, at: string, proposal = {}) => ({
  id,
  note: { text: `note ${id}`, lane, at },
  proposal,
});

test("only what people sorted is put on the map, in one edit that can be undone", () => {
  const board = exampleBoard();
  const notes = [
    note("a", "pains", "step:pay"),
    note("b", "", "step:pay", { lane: "gains" }),
    note("c", "gains", "step:none"),
  ];
  const made = putOn(board, notes, "workshop", "2026-11-22", random);
  assert.deepEqual(Object.keys(made?.refs ?? {}), ["a"]);
  assert.ok(made);
  const done = applyEdit(board, made.edit);
  const put = done.board.row("step:pay", "statement", "pains").at(-1);
  assert.deepEqual(put?.fields, {
    text: "note a",
    source: { kind: "staff", by: "workshop", date: "2026-11-22" },
  });
  // a note that became a card waits again as soon as that is undone
  const kept = {
    ...note("a", "pains", "step:pay"),
    note: { text: "note a", put: made.refs.a ?? "" },
  };
  const back = applyEdit(done.board, done.inverse).board;
  assert.deepEqual(
    [board, done.board, back].map((one) => isWaiting(kept, one)),
    [true, false, true],
  );
  assert.deepEqual(back.row("step:pay", "statement"), board.row("step:pay", "statement"));
  assert.equal(putOn(board, notes.slice(1), "workshop", "2026-11-22", random), null);
});

test("a proposal fills what people left open, and never what they said", () => {
  const board = exampleBoard();
  const found = proposedFor(note("a", "gains", "", { lane: "pains", at: "step:pay" }), board);
  assert.deepEqual([found?.lane, found?.at], ["gains", "step:pay"]);
  assert.equal(proposedFor(note("a", "gains", "step:pay", { lane: "pains" }), board), null);
  assert.equal(proposedFor(note("a", "", "", { at: "step:none" }), board), null);
});
