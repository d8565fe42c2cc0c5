import assert from "node:assert/strict";
import { test } from "node:test";
import { isMet, msOf, scaleOf, spanOf } from "./chart.ts";

const point = (value: number, low: number | null = null, high: number | null = null) => ({
  day: "2026-03-02",
  value,
  low,
  high,
});

test("a scale holds every value, interval and target between round ends", () => {
  for (const [values, target] of [
    [[0.1, 0.37], 0.25],
    [[31, -12, 44], null],
    [[5], null],
    [[0], 0],
    [[86_400, 190_000], 3600],
    [[1e-9, 2e-9], null],
  ] as [number[], number | null][]) {
    const scale = scaleOf(
      values.map((one) => point(one)),
      target,
    );
    const all = target === null ? values : [...values, target];
    assert.ok(scale.low <= Math.min(...all) && Math.max(...all) <= scale.high);
    assert.equal(scale.ticks[0], scale.low);
    assert.equal(scale.ticks.at(-1), scale.high);
    assert.ok(scale.ticks.length >= 2 && scale.ticks.length <= 6, String(scale.ticks));
  }
  assert.deepEqual(scaleOf([point(0.2, 0.1, 0.34)], null).ticks, [0.1, 0.2, 0.3, 0.4]);
});

test("one day has room around it", () => {
  const [first, last] = spanOf(["2026-03-02"]);
  assert.ok(first < msOf("2026-03-02") && msOf("2026-03-02") < last);
});

test("a target is reached only where the interval says so", () => {
  assert.equal(isMet(point(0.3, 0.27, 0.33), 0.25, "up"), true);
  assert.equal(isMet(point(0.3, 0.2, 0.4), 0.25, "up"), null);
  assert.equal(isMet(point(0.3), 0.25, "down"), false);
  assert.equal(isMet(point(0.3), 0.25, ""), null);
  assert.equal(isMet(point(0.3), null, "up"), null);
});
