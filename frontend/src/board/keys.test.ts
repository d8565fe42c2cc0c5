import assert from "node:assert/strict";
import { test } from "node:test";
import { actOf } from "./keys.ts";

const press = (key: string, held = "") => ({
  key,
  ctrlKey: held.includes("c"),
  metaKey: held.includes("m"),
  altKey: held.includes("a"),
  shiftKey: held.includes("s"),
});

test("keys mean what the list of keys says", () => {
  assert.deepEqual(actOf(press("ArrowLeft")), { act: "go", to: "left" });
  assert.deepEqual(actOf(press("ArrowLeft", "a")), { act: "shift", to: "left" });
  assert.deepEqual(actOf(press("ArrowDown", "s")), { act: "mark", to: "down" });
  assert.deepEqual(actOf(press("Home")), { act: "go", to: "first" });
  assert.deepEqual(actOf(press("End", "c")), { act: "go", to: "bottom" });
  assert.deepEqual(actOf(press("F2")), { act: "edit" });
  assert.deepEqual(actOf(press("n")), { act: "new" });
  assert.deepEqual(actOf(press("?", "s")), { act: "keys" });
  assert.deepEqual(actOf(press("z", "m")), { act: "undo" });
  assert.deepEqual(actOf(press("Z", "cs")), { act: "redo" });
  assert.deepEqual(actOf(press("y", "c")), { act: "redo" });
  assert.deepEqual(actOf(press("+", "a")), { act: "zoom", to: "in" });
});

test("keys of the browser and of other programs are left alone", () => {
  for (const key of ["c", "v", "t", "n", "r", "Enter"]) assert.equal(actOf(press(key, "c")), null);
  assert.equal(actOf(press("Tab")), null);
  assert.equal(actOf(press("F5")), null);
  assert.equal(actOf(press("n", "a")), null);
});

test("on a board from right to left the arrows lead where they point", () => {
  assert.deepEqual(actOf(press("ArrowLeft"), true), { act: "go", to: "right" });
  assert.deepEqual(actOf(press("ArrowRight", "a"), true), { act: "shift", to: "left" });
  assert.deepEqual(actOf(press("ArrowUp"), true), { act: "go", to: "up" });
});
