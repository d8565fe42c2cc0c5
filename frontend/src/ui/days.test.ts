import assert from "node:assert/strict";
import { test } from "node:test";
import { localDay } from "./days.ts";

test("shortly after midnight it is the new day where somebody sits, not that of Greenwich", () => {
  assert.equal(localDay(new Date(2026, 4, 1, 0, 10)), "2026-05-01");
  assert.equal(localDay(new Date(2026, 11, 31, 23, 50)), "2026-12-31");
});
