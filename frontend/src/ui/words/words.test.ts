import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { ar } from "./ar/index.ts";
import type { Entry, Plural } from "./catalogue.ts";
import { en } from "./en/index.ts";
import { pseudo } from "./pseudo.ts";
import { fetchWords, LANGUAGES, type Language, languageOf, Words } from "./words.ts";

const KEY = /^ {2}(\w+):/gm;

/** Keys of every room of a language, in their order. */
function keysOf(language: Language): string[] {
  const folder = new URL(`./${language}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name !== "index.ts")
    .flatMap((name) => [...readFileSync(new URL(name, folder), "utf8").matchAll(KEY)])
    .map((found) => found[1] ?? "");
}

const FORMS: readonly (keyof Plural)[] = ["zero", "one", "two", "few", "many", "other"];

/** Places of all forms of an entry; a count may be said by the form of the word alone. */
function placesOf(entry: Entry): string[] {
  const texts = typeof entry === "string" ? [entry] : Object.values(entry);
  const found = texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []);
  return [...new Set(found)].sort();
}

test("no key stands in two rooms, where one would hide the other", () => {
  for (const language of LANGUAGES) {
    const keys = keysOf(language);
    assert.ok(keys.length > 100, language);
    assert.deepEqual(
      keys.filter((one, place) => keys.indexOf(one) !== place),
      [],
    );
  }
});

test("Arabic has the words of English, with the same places and every plural form", () => {
  const known = new Map<string, Entry>(Object.entries(en));
  const own = new Map<string, Entry>(Object.entries(ar));
  for (const [key, entry] of own) {
    const english = known.get(key);
    assert.ok(english !== undefined, key);
    assert.equal(typeof entry, typeof english, key);
    const forms = typeof entry === "string" ? [entry] : FORMS.map((form) => entry[form]);
    assert.ok(
      forms.every((form) => form),
      key,
    );
    assert.deepEqual(placesOf(entry), placesOf(english), key);
  }
  assert.deepEqual(
    [...known.keys()].filter((key) => !own.has(key)),
    [],
  );
});

test("the words that show what is cut off keep their places", () => {
  const told = pseudo({ one: "Open {name}", many: { one: "{count} map", other: "{count} maps" } });
  assert.deepEqual(told, {
    one: "⟦ÓÖpéën {name}⟧",
    many: { one: "⟦{count} måäp⟧", other: "⟦{count} måäps⟧" },
  });
});

test("counts choose the form, numbers are written as the language does", async () => {
  await fetchWords("de");
  const de = new Words("de");
  assert.equal(de.say("maps_found", { count: 1 }), "1 Karte");
  assert.equal(de.say("maps_found", { count: 1234 }), "1.234 Karten");
  assert.equal(new Words("en").say("person_edit", { name: "{name} $&" }), "Change {name} $&");
});

test("a name that runs against its sentence is set apart, any other stays as it is", async () => {
  const en = new Words("en");
  assert.equal(en.say("person_edit", { name: "ليلى (2)" }), "Change \u2068ليلى (2)\u2069");
  assert.equal(en.say("person_edit", { name: "山田 (2)" }), "Change 山田 (2)");
  await fetchWords("ar");
  const ar = new Words("ar");
  assert.ok(ar.say("person_edit", { name: "Kim (2)" }).includes("\u2068Kim (2)\u2069"));
  assert.ok(!ar.say("person_edit", { name: "ليلى" }).includes("\u2068"));
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
