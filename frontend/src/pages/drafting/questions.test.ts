import assert from "node:assert/strict";
import { test } from "node:test";
import { answersOf, BLANK, keptTold, NOTHING, questions, stagesOf } from "./questions.ts";

test("stages that are named are asked about, one after the other", () => {
  const told = { ...BLANK, stages: "Find\n\n Buy \nFind" };
  assert.deepEqual(stagesOf(told, "en"), ["Find", "Buy"]);
  const asked = questions(told, "en").filter((one) => one.kind === "feels");
  assert.deepEqual(
    asked.map((one) => one.stage),
    ["Find", "Buy"],
  );
  assert.equal(questions(told, "en").length, 7 + 2 * 5);
});

test("who skips the stages gets ours, in their language", () => {
  assert.equal(stagesOf(BLANK, "de")[0], "Aufmerksam werden");
});

test("answers stand with their stage, whatever its place", () => {
  const told = {
    ...BLANK,
    goal: "I make it green",
    stages: "Buy\nFind",
    told: { Find: { ...NOTHING, does: "I look\nI compare", feels: -1 } },
  };
  const { stages, goal } = answersOf(told, "en");
  assert.equal(goal, "I make it green");
  assert.deepEqual(stages[1], {
    name: "Find",
    does: ["I look", "I compare"],
    asks: [],
    feels: -1,
    pains: [],
    touchpoints: [],
  });
});

test("what was kept comes back, and rubbish does not", () => {
  const told = { ...BLANK, who: "Ann", told: { Find: NOTHING } };
  assert.deepEqual(keptTold(JSON.stringify(told)), told);
  for (const text of [null, "", "{", "3", '{"who": 3}', '{"told": {"a": null}}']) {
    assert.deepEqual(keptTold(text), BLANK);
  }
});
