import assert from "node:assert/strict";
import { test } from "node:test";
import { completed, keptOf, matchesOf, piecesOf, typedOf, typingOf } from "./mentions.ts";

const ann = { id: "00000000000000aa", name: "Ann" };
const anna = { id: "00000000000000ab", name: "Ann Smith" };
const rtl = { id: "00000000000000ac", name: "سارة" };
const people = [ann, anna, rtl];

test("what is typed and kept comes back as it was", () => {
  for (const text of [
    "@Ann, look",
    "to @Ann Smith!",
    "a@Ann.de",
    "@Annette",
    "@سارة؟",
    "@@Ann",
    "x",
  ]) {
    assert.equal(typedOf(keptOf(text, people), people), text);
  }
  assert.equal(keptOf("@Ann Smith and @Ann", people), `<@${anna.id}> and <@${ann.id}>`);
  assert.equal(keptOf("mail a@Ann", people), "mail a@Ann");
  assert.equal(keptOf("@Annette", people), "@Annette");
});

test("tokens of nobody stay words", () => {
  const evil = "<@0123456789abcdef> <@<script>>";
  assert.deepEqual(piecesOf(evil, people), [{ text: evil, isName: false }]);
  assert.deepEqual(piecesOf(`<@${ann.id}>!`, people), [
    { text: "@Ann", isName: true },
    { text: "!", isName: false },
  ]);
});

test("a name is offered while it is typed, and written out", () => {
  assert.equal(typingOf("hello @an", 9), "an");
  assert.equal(typingOf("mail a@an", 9), null);
  assert.deepEqual(matchesOf(people, "an"), [ann, anna]);
  assert.deepEqual(matchesOf(people, "smi"), [anna]);
  assert.deepEqual(matchesOf(people, "Ann Smith is"), []);
  assert.deepEqual(completed("hi @an there", 6, "Ann"), ["hi @Ann there", 8]);
});
