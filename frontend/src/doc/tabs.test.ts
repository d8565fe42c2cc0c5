/** Several pages of one person in one browser. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Edit } from "./commands.ts";
import { Chance } from "./play/chance.ts";
import { PlayPage } from "./play/page.ts";
import { PlayServer } from "./play/server.ts";

const ADD: Edit = { do: "add", ref: "stage:find", fields: { name: "Find" } };
const BUY: Edit = { do: "add", ref: "stage:buy", fields: { name: "Buy" } };

function pageOf(name: string, beside?: PlayPage): PlayPage {
  return new PlayPage("shop", name, new Chance(1), beside);
}

test("what a page left that ended without a word is taken over when it is surely closed", () => {
  const [page, server] = [pageOf("ann"), new PlayServer()];
  const root = "desirepath%2Fedits/ann/shop/old";
  page.store.set(`${root}/alive`, String(page.clock.now() + 15_000));
  page.store.set(`${root}/1`, JSON.stringify({ n: 1, edit: ADD }));
  page.reload();
  server.connect(page);
  assert.equal(server.log.length, 0);
  page.clock.pass(20_000);
  server.connect(page);
  assert.equal(server.log.length, 1);
  assert.deepEqual(page.store.keys(), []);
});

test("two open pages keep apart what they wait for", () => {
  const server = new PlayServer();
  const one = pageOf("one");
  server.connect(one);
  server.lose(one);
  one.edit(ADD);
  const two = pageOf("two", one);
  assert.equal(two.session.getSnapshot().waiting, 0);
  server.connect(two);
  two.edit(BUY);
  server.read(two);
  server.connect(one);
  assert.deepEqual(
    server.log.map((entry) => entry.client),
    ["two.1", "one.1"],
  );
  assert.deepEqual([one.session.getSnapshot().waiting, two.session.getSnapshot().waiting], [0, 0]);
});

test("a page that sleeps and comes back does nothing twice", () => {
  const server = new PlayServer();
  const one = pageOf("one");
  server.connect(one);
  server.lose(one);
  one.edit(ADD);
  one.session.close();
  const two = pageOf("two", one);
  server.connect(two);
  assert.equal(server.log.length, 1);
  one.session.wake();
  server.connect(one);
  assert.equal(server.log.length, 1);
  assert.equal(one.session.getSnapshot().state, "saved");
  assert.deepEqual(one.session.getSnapshot().notices, []);
});
