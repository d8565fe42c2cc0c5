import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleBoard } from "../example.ts";
import { gridOf } from "../grid.ts";
import { placeHref, refAt, standingOf } from "./place.ts";

test("an address leads back to the ref it was made of", () => {
  for (const ref of ["map", "step:search", "statement:a b/c?d#e", "missing:newsletter open"]) {
    const href = placeHref("my shop", ref);
    assert.ok(href.startsWith("/maps/my%20shop/at/"));
    assert.equal(refAt(href.split("/at/")[1] ?? ""), ref);
  }
  assert.equal(placeHref("shop", "step:search"), "/maps/shop/at/step:search");
});

test("a ref stands where people see it, and nowhere once it was taken off", () => {
  const board = exampleBoard();
  const at = (ref: string) => standingOf(board, gridOf(board), ref);
  assert.equal(at("step:pay")?.spot, "step:pay");
  assert.deepEqual(at("statement:slow"), { spot: "statement:slow", shown: "", lane: "pains" });
  assert.equal(at("persona:jana")?.shown, "persona:jana");
  assert.equal(at("touchpoint:web")?.shown, "touchpoint:web");
  assert.equal(at("statement:none"), null);
  const stage = board.card("stage:buy");
  const less = board.withCard({ ...stage, gone: true });
  assert.equal(standingOf(less, gridOf(less), "statement:easy"), null);
});
