import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fetchWords, Words } from "../ui/words/words.ts";
import { fieldKey, fieldWords, valueWords } from "./fieldWords.ts";

const SCHEMA = new URL("../../../docs/reference/map.schema.json", import.meta.url);
const PARTS = {
  map: "",
  stage: "Stage",
  step: "Step",
  statement: "Statement",
  touchpoint: "Touchpoint",
  persona: "Persona",
  organization: "Organization",
};

/** Names of the fields of the parts of a map, by the kind of element. */
function fieldsOf(part: string): string[] {
  const schema = JSON.parse(readFileSync(SCHEMA, "utf8"));
  return Object.keys(part ? schema.$defs[part].properties : schema.properties);
}

test("every field of the model has a name in words", () => {
  for (const [kind, part] of Object.entries(PARTS)) {
    const fields = fieldsOf(part);
    assert.ok(fields.length > 2);
    assert.deepEqual(
      fields.filter((name) => fieldKey(kind, name) === null),
      [],
      kind,
    );
  }
});

test("parts of a field are called what the whole is, choices what the details call them", async () => {
  await fetchWords("de");
  const { say } = new Words("de");
  assert.equal(fieldWords(say, "statement:s-1", "claim.share.at_least"), "Was sich prüfen lässt");
  assert.equal(fieldWords(say, "map", "purpose.used_by"), "Wer damit arbeitet");
  assert.equal(fieldWords(say, "map", "of_tomorrow"), "of tomorrow");
  assert.equal(valueWords(say, "map", "status", "“live”"), "gilt");
  assert.equal(valueWords(say, "step:pay", "moment_of_truth", "yes"), "Ja");
  assert.equal(valueWords(say, "map", "title", "“live”"), "„live“");
});
