/** Text boxes: what is typed is sent in pauses, and nobody's words are lost. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdit } from "./apply.ts";
import { Board, newCard } from "./board.ts";
import type { Change, Edit } from "./commands.ts";
import type { Timers } from "./connection.ts";
import { EditRefused } from "./refused.ts";
import { movedPlace } from "./threeWay.ts";
import { type Editable, Typing } from "./typing.ts";
import type { View } from "./view.ts";

const REF = "step:pay";

class Clock implements Timers {
  #now = 0;
  #alarms: { at: number; act: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(wait_ms: number, act: () => void): () => void {
    const alarm = { at: this.#now + wait_ms, act };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((one) => one !== alarm);
    };
  }

  pass(ms: number): void {
    this.#now += ms;
    const due = this.#alarms.filter((one) => one.at <= this.#now);
    this.#alarms = this.#alarms.filter((one) => one.at > this.#now);
    for (const one of due) one.act();
  }
}

class Desk implements Editable {
  board: Board;
  readonly sent: Edit[] = [];
  #listeners = new Set<() => void>();

  constructor(text: string) {
    const card = newCard(REF, text ? { name: text } : {}, { at: "map", pos: "a0", lane: "" });
    this.board = Board.of("shop", [card]);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  getSnapshot(): View {
    const none = { people: [], notices: [], lanes: [], canUndo: false, canRedo: false };
    const told = { state: "saved", ended: "", waiting: 0, kept: true, role: "", seq: 0 } as const;
    return { board: this.board, ...none, ...told };
  }

  edit(edit: Change): boolean {
    try {
      this.board = applyEdit(this.board, edit).board;
    } catch (error) {
      assert.ok(error instanceof EditRefused);
      return false;
    }
    this.sent.push(edit);
    for (const listener of this.#listeners) listener();
    return true;
  }

  /** Somebody else changes the text. */
  hear(text: string): void {
    this.board = applyEdit(this.board, {
      do: "change",
      ref: REF,
      field: "name",
      value: text,
    }).board;
    for (const listener of this.#listeners) listener();
  }

  text(): unknown {
    return this.board.card(REF).fields.name;
  }
}

function begun(text: string): [Desk, Typing, Clock] {
  const desk = new Desk(text);
  const clock = new Clock();
  return [desk, new Typing(desk, REF, "name", clock), clock];
}

test("what is typed is one edit per pause", () => {
  const [desk, typing, clock] = begun("I pay");
  typing.type("I pay ");
  clock.pass(300);
  typing.type("I pay now");
  clock.pass(399);
  assert.equal(desk.sent.length, 0);
  assert.ok(typing.getSnapshot().isOpen);
  clock.pass(1);
  assert.deepEqual(desk.sent, [
    { do: "change", ref: REF, field: "name", value: "I pay now", was: "I pay" },
  ]);
  assert.ok(!typing.getSnapshot().isOpen);
});

test("leaving the box sends at once, and only what changed", () => {
  const [desk, typing] = begun("I pay");
  typing.send();
  assert.equal(desk.sent.length, 0);
  typing.type("I buy");
  typing.close();
  assert.equal(desk.text(), "I buy");
});

test("words of others appear while one types, and the caret stays at its word", () => {
  const [desk, typing, clock] = begun("I pay at the shop");
  typing.type("I pay gladly at the shop", 12);
  desk.hear("Then I pay at the new shop");
  const { text, selection } = typing.getSnapshot();
  assert.equal(text, "Then I pay gladly at the new shop");
  assert.deepEqual(selection, [17, 17]);
  clock.pass(400);
  assert.equal(desk.text(), "Then I pay gladly at the new shop");
});

test("where both change the same word the own text stays, and what was seen is told", () => {
  const [desk, typing, clock] = begun("I pay");
  typing.type("I buy");
  desk.hear("I order");
  assert.equal(typing.getSnapshot().text, "I buy");
  clock.pass(400);
  assert.equal(desk.text(), "I buy");
  assert.deepEqual(desk.sent, [
    { do: "change", ref: REF, field: "name", value: "I buy", was: "I pay" },
  ]);
});

test("nothing changes and nothing is sent while a word is composed", () => {
  const [desk, typing, clock] = begun("支払う");
  typing.compose();
  typing.type("支払うk");
  desk.hear("すぐ支払う");
  clock.pass(1000);
  assert.equal(typing.getSnapshot().text, "支払うk");
  assert.equal(desk.sent.length, 0);
  typing.composed("支払うか");
  assert.equal(typing.getSnapshot().text, "すぐ支払うか");
  clock.pass(400);
  assert.equal(desk.text(), "すぐ支払うか");
});

test("who does not type sees what others write", () => {
  const [desk, typing] = begun("I pay");
  desk.hear("I buy");
  assert.equal(typing.getSnapshot().text, "I buy");
});

test("an empty box takes the field away, and a first text knows that there was none", () => {
  const [desk, typing] = begun("");
  typing.type("I pay");
  typing.send();
  typing.type("");
  typing.send();
  assert.deepEqual(
    desk.sent.map((one) => one.do === "change" && [one.was, one.value]),
    [
      [null, "I pay"],
      ["I pay", null],
    ],
  );
});

test("cancel forgets what was typed since the last pause", () => {
  const [desk, typing, clock] = begun("I pay");
  typing.type("I pay nothing");
  typing.cancel();
  clock.pass(1000);
  assert.equal(typing.getSnapshot().text, "I pay");
  assert.equal(desk.sent.length, 0);
});

test("a place moves with its word", () => {
  const moves: [string, string, number, number][] = [
    ["a plant", "a big plant", 7, 11],
    ["a plant", "a big plant", 1, 1],
    ["a big plant", "a plant", 4, 2],
    ["", "new", 0, 3],
    ["old", "", 3, 0],
  ];
  for (const [before, after, place, moved] of moves) {
    assert.equal(movedPlace(before, after, place), moved, `${before} → ${after}`);
  }
});
