/** Edits by example: the same cases that hold the server (`tests/maps/edits/cases.json`). */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isList, isObject, type Json, type JsonObject, same, textAt } from "../model/json.ts";
import { applyEdit, type Replaced } from "./apply.ts";
import { Board } from "./board.ts";
import { editOf } from "./commands.ts";
import { positionBetween } from "./positions.ts";
import { EditRefused } from "./refused.ts";
import { mergeTexts } from "./threeWay.ts";

const place = new URL("../../../tests/maps/edits/cases.json", import.meta.url);
const cases: JsonObject = JSON.parse(readFileSync(place, "utf-8"));
const before = Board.fromData(cases.board);

function listed(name: string): JsonObject[] {
  const list = cases[name];
  return isList(list) ? list.filter(isObject) : [];
}

function plain(data: unknown): Json {
  return JSON.parse(JSON.stringify(data));
}

function cardsOf(board: Board): readonly Json[] {
  const { cards } = board.toData();
  return isList(cards) ? cards : [];
}

/** The result of something, or the code of its refusal. */
function tried<Value>(act: () => Value): Value | string {
  try {
    return act();
  } catch (error) {
    if (error instanceof EditRefused) return error.code;
    throw error;
  }
}

for (const one of listed("cases")) {
  test(`edits: ${textAt(one, "name")}`, () => {
    let board = before;
    let refused: string | null = null;
    const effects: Json[] = [];
    const replaced: Replaced[] = [];
    for (const data of isList(one.edits) ? one.edits : []) {
      const done = tried(() => applyEdit(board, editOf(data)));
      if (typeof done === "string") {
        refused = done;
        break;
      }
      board = done.board;
      effects.push(plain({ edit: done.edit, inverse: done.inverse }));
      replaced.push(...done.replaced);
    }
    if (one.by_server_only === true) return;
    assert.equal(refused, one.refused ?? null);
    assert.deepEqual(effects, one.done);
    assert.deepEqual(plain(replaced), one.replaced ?? []);
    const known = cardsOf(before);
    const changed = cardsOf(board).filter((card) => !known.some((other) => same(card, other)));
    assert.deepEqual(changed, one.cards);
    assert.deepEqual(cardsOf(Board.fromData(plain(board.toData()))), cardsOf(board));
  });
}

for (const one of listed("merges")) {
  test(`texts: ${textAt(one, "old")}`, () => {
    const merged = mergeTexts(textAt(one, "old"), textAt(one, "mine"), textAt(one, "theirs"));
    assert.equal(merged, one.merged);
  });
}

for (const one of listed("positions")) {
  const [low, high] = [textAt(one, "before"), textAt(one, "after")];
  test(`positions: between "${low}" and "${high}"`, () => {
    assert.equal(
      tried(() => positionBetween(low, high)),
      one.between,
    );
  });
}

test("the cases are read", () => {
  assert.ok(listed("cases").length >= 60);
  assert.ok(listed("cases").filter((one) => one.by_server_only).length <= 6);
});
