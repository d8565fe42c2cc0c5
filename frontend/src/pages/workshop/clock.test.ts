import assert from "node:assert/strict";
import { test } from "node:test";
import { aheadMs, clockWords, hrefIn, leftMs, roomAt, roomOf } from "./clock.ts";

test("what is left goes by the clock of the server, however wrong ours is", () => {
  const ahead = aheadMs({ now_us: 5_000_000_000 }, 1_000_000);
  const timer = { state: "running", ends_us: 5_060_000_000 } as const;
  assert.equal(leftMs(timer, ahead, 1_000_000), 60_000);
  assert.equal(leftMs(timer, ahead, 1_070_000), -10_000);
  assert.equal(leftMs({ state: "paused", left_us: 90_000_000 }, ahead, 0), 90_000);
  assert.equal(leftMs({ state: "off" }, ahead, 0), null);
});

test("a clock says minutes and seconds, the last one until it is over", () => {
  const said = [60_000, 59_001, 1, 0, -999, -61_000, 4_320_000].map(clockWords);
  assert.deepEqual(said, ["01:00", "01:00", "00:01", "00:00", "00:00", "01:01", "72:00"]);
});

test("everybody is led to an address below that of the map, and to no other", () => {
  assert.equal(roomOf("/maps/my%20shop", "my shop"), "");
  assert.equal(roomOf("/maps/shop/readings/flow/", "shop"), "readings/flow");
  assert.equal(roomOf("/maps/shop/at/step:a'b(c)", "shop"), "at/step:a%27b%28c%29");
  assert.equal(roomOf("/maps/other/readings", "shop"), null);
  assert.equal(roomOf("/people", "shop"), null);
  assert.equal(roomAt("statement:ä b/c"), "at/statement:%C3%A4%20b%2Fc");
  assert.equal(hrefIn("my shop", roomAt("step:pay")), "/maps/my%20shop/at/step:pay");
});
