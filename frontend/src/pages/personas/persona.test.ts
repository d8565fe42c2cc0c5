import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, draftOf, fieldsOf, idOf, traitsIn } from "./persona.ts";

const JANA = {
  name: "Jana",
  quote: { text: "I kill everything", claim: { reach: { at_least: "20%" } } },
  likes: ["plants", { text: "quiet", claim: { reach: { at_least: "5%" } } }],
  traits: [{ name: "patience", value: 2 }],
};

test("what is left alone is not touched, claims stay", () => {
  const draft = draftOf(JANA);
  assert.deepEqual(changesOf("jana", draft, draft), []);
  assert.deepEqual(changesOf("jana", draft, { ...draft, tagline: " First try " }), [
    { do: "change", ref: "persona:jana", field: "tagline", value: "First try" },
  ]);
});

test("what is emptied goes away", () => {
  const draft = draftOf(JANA);
  const after = { ...draft, quote: "", likes: "\n", traits: "" };
  assert.deepEqual(
    changesOf("jana", draft, after).map((one) => [one.field, one.value]),
    [
      ["quote", null],
      ["likes", null],
      ["traits", null],
    ],
  );
});

test("a new persona holds what was written and nothing else", () => {
  const draft = { ...draftOf({}), name: "Ann", needs: "light\nwater", traits: "very calm: 4" };
  assert.deepEqual(fieldsOf(draft), {
    name: "Ann",
    needs: ["light", "water"],
    traits: [{ name: "very calm", value: 4 }],
  });
});

test("traits need a value", () => {
  assert.deepEqual(traitsIn("patience 2\n"), [{ name: "patience", value: 2 }]);
  assert.equal(traitsIn("patience"), undefined);
  assert.equal(traitsIn("patience 9"), undefined);
});

test("ids are free ones", () => {
  assert.equal(idOf("Jana, Anfängerin!", []), "jana-anfängerin");
  assert.equal(idOf("Jana", ["jana", "jana-2"]), "jana-3");
  assert.equal(idOf("?", []), "persona");
});
