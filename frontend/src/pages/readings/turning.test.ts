import assert from "node:assert/strict";
import { test } from "node:test";
import { turned } from "./turning.ts";

test("arrows turn one step and stop at the ends", () => {
  assert.equal(turned("ArrowRight", 0, 3), 1);
  assert.equal(turned("ArrowRight", 2, 3), 2);
  assert.equal(turned("ArrowLeft", 0, 3), 0);
});

test("on a mirrored page arrows turn to where they point", () => {
  assert.equal(turned("ArrowLeft", 0, 3, true), 1);
  assert.equal(turned("ArrowRight", 1, 3, true), 0);
});

test("Home and End jump, and other keys mean nothing", () => {
  assert.equal(turned("Home", 2, 3), 0);
  assert.equal(turned("End", 0, 3), 2);
  assert.equal(turned("a", 1, 3), null);
});
