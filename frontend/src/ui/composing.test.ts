import assert from "node:assert/strict";
import { test } from "node:test";
import { isComposing } from "./composing.ts";

const key = (is: boolean, keyCode: number) => ({ nativeEvent: { isComposing: is }, keyCode });

test("Enter that takes a composed word is not ours, also where WebKit tells it late", () => {
  assert.equal(isComposing(key(true, 13)), true);
  assert.equal(isComposing(key(false, 229)), true);
  assert.equal(isComposing(key(false, 13)), false);
});
