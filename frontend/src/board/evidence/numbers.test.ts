/** Numbers as they are shown: the same cases that hold the server (`tests/sentences/rounding.json`). */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Words } from "../../ui/words/words.ts";
import { intervalWords, valueWords } from "./numbers.ts";
import { keptLimits } from "./rounding.ts";

interface Case {
  readonly unit: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly limits?: readonly number[];
  readonly shown: readonly string[];
}

const place = new URL("../../../../tests/sentences/rounding.json", import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(place, "utf-8")).cases;
const words = new Words("en");

function bare(text: string): string {
  return text.replace(/\u00a0(%|points)$/, "").replaceAll("\u00a0", " ");
}

test("numbers keep their side of nothing, of all and of a limit, as on the server", () => {
  assert.ok(cases.length > 20);
  for (const { unit, value, low = null, high = null, limits = [], shown } of cases) {
    const told = [valueWords(words, value, unit, keptLimits(low, high, limits))];
    for (const end of [low, high]) {
      if (end !== null) told.push(valueWords(words, end, unit, [0, ...limits]));
    }
    assert.deepEqual(told.map(bare), shown);
    if (shown.length === 1) continue;
    const between = bare(intervalWords(words, { low, high, unit }, limits));
    assert.equal(between, `${shown[1]} to ${shown[2]}`);
  }
});
