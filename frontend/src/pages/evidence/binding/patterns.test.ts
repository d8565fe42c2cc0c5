import assert from "node:assert/strict";
import { test } from "node:test";
import { Board, type Card } from "../../../doc/board.ts";
import {
  catches,
  channelsOf,
  exactly,
  looseEvents,
  means,
  patternOf,
  stepsFor,
  stepsOf,
  within,
  withoutPattern,
  withPatterns,
} from "./patterns.ts";

const card = (ref: string, at: string, fields: Card["fields"]): Card => ({
  ref,
  kind: ref.startsWith("stage") ? "stage" : ref === "map" ? "map" : "step",
  id: ref.split(":")[1] ?? "",
  at,
  pos: "a",
  lane: "",
  gone: false,
  fields,
});
const board = Board.of("shop", [
  card("map", "", {}),
  card("stage:buy", "map", { name: "Buy" }),
  card("step:pay", "stage:buy", { name: "I pay", events: [{ activity: "pay*", channel: "web" }] }),
]);
const doing = (activity: string, ...channels: [string, number][]) => ({
  activity,
  events: channels.reduce((sum, [, events]) => sum + events, 0),
  channels: channels.map(([channel, events]) => ({ channel, events })),
});

test("stars and question marks stand for letters, everything else for itself", () => {
  assert.equal(means("search*", "search_empty"), true);
  assert.equal(means("search?", "search"), false);
  assert.equal(means("a[b].c", "a[b].c"), true);
  assert.equal(means("a[b]", "ab"), false);
  assert.equal(means("add-to-*", "add-to-cart"), true);
  const signs = "\\^$.+()[]{}|/-=!<>:,#&%@~`'\"; ";
  assert.equal(means(signs, signs), true);
  assert.equal(means("?", "😀"), true);
  assert.equal(means("*", "two\nlines"), true);
});

test("a pattern with a channel counts events of that channel only", () => {
  const found = [doing("pay now", ["web", 3], ["app", 4]), doing("home", ["web", 9])];
  assert.deepEqual(catches({ activity: "pay*", channel: "web" }, found), { count: 1, events: 3 });
  assert.deepEqual(catches({ activity: "*", channel: undefined }, found), { count: 2, events: 16 });
  const steps = stepsOf(board);
  assert.deepEqual(
    found.map((one) => stepsFor(one, steps).map((step) => step.name)),
    [["I pay"], []],
  );
});

test("entries are added once and taken away alone", () => {
  const [step] = stepsOf(board);
  assert.ok(step);
  const pattern = patternOf("buy @ app");
  assert.ok(pattern);
  const more = withPatterns(step, [pattern]);
  assert.deepEqual(more, [
    { activity: "pay*", channel: "web" },
    { activity: "buy", channel: "app" },
  ]);
  assert.deepEqual(
    withPatterns(step, [{ activity: "pay*", channel: "web" }]),
    step.card.fields.events,
  );
  assert.equal(withoutPattern(step, { activity: "pay*", channel: "web" }), null);
});

test("a name with a star in it does not catch others of another length", () => {
  assert.equal(means(exactly("/p/*").activity, "/p/*"), true);
  assert.equal(means(exactly("/p/*").activity, "/p/12"), false);
});

test("what happens in a channel is bound to a step in that channel alone", () => {
  const found = [doing("buy", ["web", 3], ["app", 9]), doing("call", ["phone", 2])];
  assert.deepEqual(channelsOf(found), ["app", "web", "phone"]);
  assert.deepEqual(channelsOf([doing("buy", ["web", 3]), doing("pay", ["", 4])]), []);
  assert.deepEqual(within(found, "web"), [doing("buy", ["web", 3])]);
  assert.deepEqual(exactly("b*y", "web"), { activity: "b?y", channel: "web" });
  const [step] = stepsOf(board);
  assert.ok(step);
  const bound = [{ ...step, patterns: [exactly("buy", "web")] }];
  assert.equal(stepsFor(doing("buy", ["app", 9]), bound).length, 0);
  assert.equal(looseEvents(doing("buy", ["web", 3], ["app", 9]), bound), 9);
  assert.equal(looseEvents(doing("buy", ["web", 3]), bound), 0);
});
