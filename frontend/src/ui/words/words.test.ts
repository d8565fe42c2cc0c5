import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { LANGUAGES, type Language, languageOf, Words } from "./words.ts";

const KEY = /^ {2}(\w+):/gm;

/** Keys of every room of a language, in their order. */
function keysOf(language: Language): string[] {
  const folder = new URL(`./${language}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name !== "index.ts")
    .flatMap((name) => [...readFileSync(new URL(name, folder), "utf8").matchAll(KEY)])
    .map((found) => found[1] ?? "");
}

test("no key stands in two rooms, where one would hide the other", () => {
  for (const language of LANGUAGES) {
    const keys = keysOf(language);
    assert.ok(keys.length > 100);
    assert.deepEqual(
      keys.filter((one, place) => keys.indexOf(one) !== place),
      [],
    );
  }
});

test("counts choose the form, numbers are written as the language does", () => {
  const de = new Words("de");
  assert.equal(de.say("maps_found", { count: 1 }), "1 Karte");
  assert.equal(de.say("maps_found", { count: 1234 }), "1.234 Karten");
  assert.equal(new Words("en").say("person_edit", { name: "{name} $&" }), "Change {name} $&");
});

test("the first language that has words is taken", () => {
  assert.equal(languageOf(["fr", "de-AT", "en"]), "de");
  assert.equal(languageOf([]), "en");
});

test("how long ago is told in the largest unit that fits", () => {
  const en = new Words("en");
  const now = Date.UTC(2026, 0, 31);
  assert.equal(en.ago(now - 100 * 60_000, now), "2 hours ago");
  assert.equal(en.ago(now, now), "this minute");
  assert.equal(en.ago(now + 3 * 86_400_000, now), "in 3 days");
});
