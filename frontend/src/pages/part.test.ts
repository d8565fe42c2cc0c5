import assert from "node:assert/strict";
import { test } from "node:test";
import { isPartMissing } from "./part.ts";

test("a part that is not there any more is told from a page that breaks, in every browser", () => {
  const told = [
    "Failed to fetch dynamically imported module: http://x/assets/Room-abc.js",
    "error loading dynamically imported module: http://x/assets/Room-abc.js",
    "Importing a module script failed.",
    "Unable to preload CSS for /assets/Room-abc.css",
  ];
  for (const one of told) assert.ok(isPartMissing(new TypeError(one)), one);
  assert.ok(!isPartMissing(new TypeError("x is undefined")));
  assert.ok(!isPartMissing("dynamically imported module"));
});
