import assert from "node:assert/strict";
import { test } from "node:test";
import { Words } from "../../ui/words/words.ts";
import { dayHere, dueWords } from "./due.ts";

test("a task is due by the calendar of the reader, and says so in words", () => {
  const words = new Words("en");
  const today = dayHere(new Date(2026, 0, 9, 23, 59));
  assert.equal(today, "2026-01-09");
  assert.equal(dueWords(words, "", today), "");
  assert.equal(dueWords(words, "2026-01-09", today), "Due today");
  assert.equal(dueWords(words, "2026-01-08", today), "Overdue since Jan 8, 2026");
  assert.equal(dueWords(words, "2026-01-10", today), "Due by Jan 10, 2026");
});
