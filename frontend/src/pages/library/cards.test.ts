import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, parentsOf, type ShelfMap, tagsOf, type Wanted } from "./cards.ts";

const BLANK: ShelfMap = {
  id: "a",
  title: "A",
  description: "",
  language: "en",
  status: "live",
  state: "current",
  level: "overview",
  view: "experience",
  owner: "",
  tags: [],
  personas: [],
  origin: "",
  reviewed: "",
  due: "",
  details: [],
  stages: 0,
  steps: 0,
  statements: 0,
  seq: 0,
  changed_by: "",
  changed_us: 0,
};
const MAPS: readonly ShelfMap[] = [
  { ...BLANK, id: "order", title: "I order", tags: ["web"], due: "2026-05-01", changed_us: 3 },
  { ...BLANK, id: "äpfel", title: "Äpfel kaufen", owner: "Ann", changed_us: 9, details: ["order"] },
  { ...BLANK, id: "old", title: "Old", status: "retired", changed_us: 12 },
  { ...BLANK, id: "zoo", title: "Zoo 10", tags: ["web", "b2b"], due: "2026-01-01", changed_us: 1 },
];
const ALL: Wanted = { text: "", status: "all", tag: "", order: "title" };
const ids = (wanted: Partial<Wanted>) =>
  chosen(MAPS, { ...ALL, ...wanted }, "de").map((one) => one.id);

test("titles stand in the order of the language, retired maps apart", () => {
  assert.deepEqual(ids({}), ["äpfel", "order", "zoo"]);
  assert.deepEqual(ids({ status: "retired" }), ["old"]);
});

test("every word must stand somewhere", () => {
  assert.deepEqual(ids({ text: "ÄPFEL ann" }), ["äpfel"]);
  assert.deepEqual(ids({ text: "äpfel zoo" }), []);
});

test("tags narrow, dates order, maps without a day come last", () => {
  assert.deepEqual(ids({ tag: "web" }), ["order", "zoo"]);
  assert.deepEqual(ids({ order: "due" }), ["zoo", "order", "äpfel"]);
  assert.deepEqual(ids({ order: "changed" }), ["äpfel", "order", "zoo"]);
});

test("tags are told once, parents are found", () => {
  assert.deepEqual(tagsOf(MAPS, "en"), ["b2b", "web"]);
  assert.deepEqual(
    parentsOf(MAPS, "order").map((one) => one.id),
    ["äpfel"],
  );
});
