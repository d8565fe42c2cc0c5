/** One page's session: what it shows, what it keeps, and what it says when the line breaks. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Edit } from "./commands.ts";
import { Chance } from "./play/chance.ts";
import { PlayPage } from "./play/page.ts";
import { PlayServer } from "./play/server.ts";

const ADD: Edit = { do: "add", ref: "stage:find", fields: { name: "Find" } };

function named(name: string): Edit {
  return { do: "change", ref: "stage:find", field: "name", value: name };
}

function pageOf(name = "ann"): PlayPage {
  return new PlayPage("shop", name, new Chance(1));
}

function nameOf(page: PlayPage): unknown {
  return page.session.getSnapshot().board?.find("stage:find")?.fields.name;
}

test("an edit shows at once, and is called saved when the server has it", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  assert.equal(page.session.getSnapshot().state, "connecting");
  server.connect(page);
  assert.equal(page.session.getSnapshot().state, "saved");
  page.edit(ADD);
  assert.equal(nameOf(page), "Find");
  assert.deepEqual(
    [page.session.getSnapshot().state, page.session.getSnapshot().waiting],
    ["saving", 1],
  );
  server.read(page);
  assert.deepEqual(
    [page.session.getSnapshot().state, page.session.getSnapshot().waiting],
    ["saved", 0],
  );
});

test("news beside the edits are told, and once more after a broken line", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  const heard: string[] = [];
  page.session.onNews((about) => heard.push(about));
  server.connect(page);
  page.hear(JSON.stringify([{ say: "news", about: "comments" }]));
  assert.deepEqual(heard, ["comments"]);
  server.lose(page);
  server.connect(page);
  assert.deepEqual(heard, ["comments", ""]);
});

test("what is shown is the same object until something changes", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  let count = 0;
  page.session.subscribe(() => {
    count += 1;
  });
  const view = page.session.getSnapshot();
  assert.equal(page.session.getSnapshot(), view);
  page.edit(ADD);
  assert.notEqual(page.session.getSnapshot(), view);
  assert.equal(count, 1);
});

test("a card that nobody touched stays the same object, and so does its row", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  page.edit(ADD);
  page.edit({ do: "add", ref: "stage:buy", fields: { name: "Buy" } });
  page.edit({ do: "add", ref: "step:pay", place: { at: "stage:buy" }, fields: { name: "Pay" } });
  server.read(page);
  const before = page.session.getSnapshot().board;
  page.edit(named("Look"));
  server.read(page);
  const after = page.session.getSnapshot().board;
  assert.equal(after?.find("stage:buy"), before?.find("stage:buy"));
  assert.equal(after?.row("stage:buy", "step"), before?.row("stage:buy", "step"));
  assert.notEqual(after?.row("map", "stage"), before?.row("map", "stage"));
});

test("edits made offline are made when the line is back, in order and once", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  server.lose(page);
  page.edit(ADD);
  page.edit(named("Look"));
  assert.deepEqual(
    [page.session.getSnapshot().state, page.session.getSnapshot().waiting],
    ["offline", 2],
  );
  server.connect(page);
  assert.equal(server.log.length, 2);
  assert.equal(server.board.card("stage:find").fields.name, "Look");
  assert.equal(page.session.getSnapshot().state, "saved");
});

test("an answer that was lost does not make an edit twice", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  page.edit(ADD);
  const ears = page.hear.bind(page);
  page.hear = () => {};
  server.read(page);
  page.hear = ears;
  assert.equal(page.session.getSnapshot().state, "saving");
  server.lose(page);
  server.connect(page);
  assert.equal(server.log.length, 1);
  assert.deepEqual(
    [page.session.getSnapshot().state, page.session.getSnapshot().waiting],
    ["saved", 0],
  );
});

test("a reload without a line loses nothing and shows it when the map is heard", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  server.lose(page);
  page.edit(ADD);
  page.edit(named("Look"));
  page.reload();
  assert.equal(page.session.getSnapshot().waiting, 2);
  server.connect(page);
  assert.equal(nameOf(page), "Look");
  assert.equal(server.log.length, 2);
  assert.deepEqual(page.look(), { ...Object(page.look()), kept: 0, waiting: 0, state: "saved" });
});

test("what somebody else left in this browser is not sent", () => {
  const [page, server] = [pageOf("ann"), new PlayServer()];
  page.store.set("desirepath%2Fedits/ben/shop/ben.1/1", JSON.stringify({ n: 1, edit: ADD }));
  page.reload();
  server.connect(page);
  assert.equal(server.log.length, 0);
});

test("edits made before the map was replaced are shown, and can be tried again", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  server.lose(page);
  page.edit(ADD);
  server.epoch = "e2";
  server.connect(page);
  page.reload();
  server.connect(page);
  assert.equal(server.log.length, 0);
  const [notice] = page.session.getSnapshot().notices;
  assert.equal(notice?.kind, "unplaced");
  assert.equal(nameOf(page), undefined);
  notice?.bringBack();
  server.read(page);
  assert.equal(server.log.length, 1);
  assert.equal(page.session.getSnapshot().notices.length, 0);
  assert.equal(Object(page.look()).kept, 0);
});

test("a refused edit is taken back, with why", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  server.refusal = "you may look at this map, not change it";
  page.edit(ADD);
  assert.equal(nameOf(page), "Find");
  server.read(page);
  assert.equal(nameOf(page), undefined);
  const { notices, canUndo } = page.session.getSnapshot();
  assert.deepEqual(
    notices.map(({ kind, code, why }) => [kind, code, why]),
    [["refused", "E708", "you may look at this map, not change it"]],
  );
  assert.equal(canUndo, false);
});

test("what was written over is told to both, and either can bring theirs back", () => {
  const [ann, ben, server] = [pageOf("ann"), pageOf("ben"), new PlayServer()];
  server.connect(ann);
  server.connect(ben);
  ann.edit(ADD);
  server.read(ann);
  ben.edit(named("Search"));
  ann.edit(named("Look"));
  server.read(ben);
  server.read(ann);
  const [mine] = ann.session.getSnapshot().notices;
  const [theirs] = ben.session.getSnapshot().notices;
  assert.deepEqual([mine?.kind, mine?.lost, mine?.now], ["wrote_over", "Search", "Look"]);
  assert.deepEqual([theirs?.kind, theirs?.lost, theirs?.now], ["written_over", "Search", "Look"]);
  assert.equal(theirs?.by, "ann.1");
  theirs?.bringBack();
  server.read(ben);
  assert.equal(nameOf(ann), "Search");
});

test("undo takes back the own last edit only, and redo makes it again", () => {
  const [ann, ben, server] = [pageOf("ann"), pageOf("ben"), new PlayServer()];
  server.connect(ann);
  server.connect(ben);
  ann.edit(ADD);
  ann.edit(named("Look"));
  server.read(ann);
  ben.edit({ do: "change", ref: "map", field: "title", value: "We order" });
  server.read(ben);
  ann.session.undo();
  server.read(ann);
  assert.equal(nameOf(ben), "Find");
  assert.equal(ben.session.getSnapshot().board?.card("map").fields.title, "We order");
  ann.session.redo();
  server.read(ann);
  assert.equal(nameOf(ben), "Look");
  const { canUndo, canRedo } = ann.session.getSnapshot();
  assert.deepEqual([canUndo, canRedo], [true, false]);
});

test("undo before the server answered takes the same edit back", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  page.edit(ADD);
  page.edit({ do: "move", ref: "stage:find", place: { at: "map" } });
  page.session.undo();
  page.session.undo();
  server.read(page);
  assert.deepEqual(page.session.getSnapshot().notices, []);
  assert.equal(server.board.isShown("stage:find"), false);
  assert.deepEqual(
    [page.session.getSnapshot().canUndo, page.session.getSnapshot().canRedo],
    [false, true],
  );
});

test("undo keeps what others wrote since, and says so", () => {
  const [ann, ben, server] = [pageOf("ann"), pageOf("ben"), new PlayServer()];
  server.connect(ann);
  server.connect(ben);
  ann.edit(ADD);
  server.read(ann);
  ben.edit(named("Search"));
  server.read(ben);
  ann.session.undo();
  assert.equal(nameOf(ann), "Search");
  assert.deepEqual(
    ann.session.getSnapshot().notices.map((one) => one.code),
    ["E131"],
  );
});

test("a line that is open at one end only is hung up, and dialed again", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  page.edit(ADD);
  page.told();
  page.clock.pass(9_999);
  assert.equal(page.session.getSnapshot().state, "saving");
  page.clock.pass(1);
  assert.equal(page.session.getSnapshot().state, "offline");
  page.clock.pass(500);
  server.connect(page);
  assert.equal(page.session.getSnapshot().state, "saved");
});

test("whose right has ended is not sent in circles", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  server.connect(page);
  page.drop(4010, "ended");
  page.clock.pass(100_000);
  const { state, ended } = page.session.getSnapshot();
  assert.deepEqual([state, ended], ["ended", "ended"]);
  assert.equal(page.edit(ADD), false);
  page.session.retry();
  server.connect(page);
  page.drop(4004, "there is no map of this name");
  assert.equal(page.session.getSnapshot().ended, "no_map");
});

test("an edit that was left out makes the page ask for it", () => {
  const [ann, ben, server] = [pageOf("ann"), pageOf("ben"), new PlayServer()];
  server.connect(ann);
  server.connect(ben);
  const ears = ben.hear.bind(ben);
  ben.hear = () => {};
  ann.edit(ADD);
  server.read(ann);
  ben.hear = ears;
  ann.edit(named("Look"));
  server.read(ann);
  assert.equal(ben.session.getSnapshot().state, "offline");
  server.lose(ben);
  server.connect(ben);
  assert.equal(nameOf(ben), "Look");
});

test("where the browser keeps nothing, a page says that a reload would lose edits", () => {
  const [page, server] = [pageOf(), new PlayServer()];
  page.store.room = 0;
  server.connect(page);
  page.edit(ADD);
  assert.equal(page.session.getSnapshot().kept, false);
  server.read(page);
  assert.equal(page.session.getSnapshot().kept, true);
});
