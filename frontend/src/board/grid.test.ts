import assert from "node:assert/strict";
import { test } from "node:test";
import {
  besideEachOther,
  curvesOf,
  depthOf,
  faceOf,
  lineOf,
  notched,
  pathOf,
  pointOf,
  scoreAt,
} from "./curve.ts";
import { exampleBoard } from "./example.ts";
import { chipsOf, gridOf, lanesOf, nameOf } from "./grid.ts";
import { readHidden, writeHidden } from "./hidden.ts";
import { branchingOf, nextOf, nextValue } from "./onward.ts";
import { cellOf, cellsBetween, firstSpot, nextSpot, placeOf, spotsAt } from "./spots.ts";

test("steps stand across, a stage with words of its own gets a column more", () => {
  const grid = gridOf(exampleBoard());
  assert.deepEqual(
    grid.columns.map((one) => one.at),
    ["step:search", "step:compare", "step:pay", "stage:buy"],
  );
  assert.deepEqual(
    grid.spans.map((one) => [one.ref, one.from, one.count]),
    [
      ["stage:find", 0, 2],
      ["stage:buy", 2, 2],
    ],
  );
});

test("lanes that nobody listed follow those that are listed, and hidden ones are left out", () => {
  const board = exampleBoard();
  assert.deepEqual(
    lanesOf(board).map((one) => [one.name, one.card !== null]),
    [
      ["pains", true],
      ["emotion", true],
      ["gains", false],
    ],
  );
  const grid = gridOf(board, new Set(["emotion"]));
  assert.deepEqual(
    grid.lanes.map((one) => one.name),
    ["pains", "gains"],
  );
});

test("what a touchpoint says shows in the lanes that ask for it", () => {
  const board = exampleBoard();
  const [search] = gridOf(board).columns;
  assert.ok(search);
  const texts = (lane: string) => chipsOf(board, search, lane).map((one) => one.text);
  assert.deepEqual(texts("touchpoints"), ["Web shop"]);
  assert.deepEqual(texts("technology"), ["search engine"]);
  assert.deepEqual(texts("pains"), []);
});

test("arrows walk through cards, cells, heads and lane names, and stop at the edge", () => {
  const board = exampleBoard();
  const grid = gridOf(board);
  const from = (spot: string, ...ways: Parameters<typeof nextSpot>[3][]) =>
    ways.reduce((at, way) => nextSpot(grid, board, at, way), spot);
  assert.equal(firstSpot(grid), "stage:find");
  assert.equal(from("stage:find", "right"), "stage:buy");
  assert.equal(from("stage:find", "down", "down"), "statement:slow");
  assert.equal(from("statement:slow", "down"), "statement:empty");
  assert.equal(from("statement:empty", "down"), "statement:mood");
  assert.equal(from("statement:mood", "up"), "statement:empty");
  assert.equal(from("statement:slow", "right"), "cell:step:compare pains");
  assert.equal(from("statement:slow", "left"), "lane:pains");
  assert.equal(from("lane:pains", "up", "up"), "corner:0");
  assert.equal(from("statement:slow", "last"), "statement:all");
  assert.equal(from("stage:buy", "right", "right"), "stage:buy");
  assert.equal(from("statement:all", "top"), "stage:find");
  assert.equal(from("statement:jana", "bottom", "left"), "statement:easy");
  assert.equal(from("statement:nobody", "down"), "stage:find");
});

test("every spot of the board is found again where it was listed", () => {
  const board = exampleBoard();
  const grid = gridOf(board);
  let count = 0;
  for (let row = 2; row < 2 + grid.lanes.length; row += 1) {
    for (let column = 0; column < grid.columns.length; column += 1) {
      spotsAt(grid, board, row, column).forEach((spot, index) => {
        assert.deepEqual(placeOf(grid, board, spot), { row, column, index }, spot);
        count += 1;
      });
    }
  }
  assert.equal(count, 13);
  assert.deepEqual(cellOf(grid, board, "cell:step:compare pains"), {
    at: "step:compare",
    lane: "pains",
  });
  assert.deepEqual(cellsBetween(grid, board, "statement:mood", "cell:step:compare pains"), {
    rows: [2, 3],
    columns: [0, 1],
  });
});

test("scores keep to half notches and the scale", () => {
  assert.deepEqual([0.3, -0.2, 7, -2.4, 1.26].map(notched), [0.5, 0, 2, -2, 1.5]);
  assert.ok(Object.is(notched(-0.2), 0));
  for (const score of [-2, -1.5, 0, 0.5, 2]) assert.equal(scoreAt(depthOf(score)), score);
  assert.deepEqual([-2, -1.5, -1, 0, 0.5, 1, 2].map(faceOf), [
    "-2",
    "-1",
    "-1",
    "0",
    "1",
    "1",
    "2",
  ]);
});

test("each persona has a line of its own", () => {
  const board = exampleBoard();
  const { columns } = gridOf(board);
  assert.deepEqual(curvesOf(board, columns), [
    { persona: "", points: [{ ref: "statement:mood", column: 0, score: -1 }] },
    { persona: "jana", points: [{ ref: "statement:jana", column: 2, score: 1.5 }] },
  ]);
  assert.equal(pointOf(board, "step:pay", "jana")?.ref, "statement:jana");
  assert.equal(pointOf(board, "step:pay", ""), null);
  const two = {
    persona: "",
    points: [
      { ref: "a", column: 1, score: 2 },
      { ref: "b", column: 1, score: 0 },
    ],
  };
  assert.deepEqual(lineOf(two), [{ column: 1, score: 1 }]);
  const line = [
    { column: 0, score: 2 },
    { column: 1, score: -2 },
  ];
  assert.equal(pathOf(line, 100, 80), "M50 0C100 0 100 80 150 80");
});

test("ways back are loops, and too many of them are told", () => {
  const board = exampleBoard();
  const found = branchingOf(board);
  assert.deepEqual(
    [found.loops, found.branches, found.crossings, found.isTangled],
    [1, 0, 0, false],
  );
  const search = board.card("step:search");
  const next = ["compare", "pay", "search", "compare", "pay"].map((step) => ({ step }));
  const tangled = branchingOf(board.withCard({ ...search, fields: { ...search.fields, next } }));
  assert.equal(tangled.isTangled, true);
  assert.equal(tangled.branches, 2);
});

test("what stands in next is written as it was read", () => {
  const next = [{ step: "pay" }, { step: "search", loop: true, share: "20%", text: "again" }];
  const board = exampleBoard();
  const pay = board.card("step:pay");
  const card = { ...pay, fields: { ...pay.fields, next } };
  assert.deepEqual(nextValue(nextOf(card)), next);
  assert.equal(nextValue([]), null);
  assert.equal(nameOf(card), "I pay");
});

test("hidden lanes are remembered; a broken memory hides nothing", () => {
  const kept = new Map<string, string>();
  const shelf = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  writeHidden(shelf, "shop", new Set(["pains", "gains"]));
  assert.deepEqual([...readHidden(shelf, "shop")], ["gains", "pains"]);
  assert.equal(readHidden(shelf, "other").size, 0);
  shelf.setItem("desirepath.hidden.shop", "{");
  assert.equal(readHidden(shelf, "shop").size, 0);
});

test("faces of one step that would cover each other stand beside each other", () => {
  const curve = (persona: string, ...scores: number[]) => ({
    persona,
    points: scores.map((score, column) => ({ ref: persona + column, column, score })),
  });
  const curves = [curve("jana", -1, 2), curve("ben", -1.5, -2), curve("eva", 1, 2)];
  const aside = (column: number) =>
    besideEachOther(curves, column).map((one) => [one.curve.persona, one.aside]);
  const crowded = [
    ["eva", 0],
    ["jana", -0.5],
    ["ben", 0.5],
  ];
  assert.deepEqual(aside(0), crowded);
  assert.deepEqual(new Map(aside(1).map(([who, by]) => [who, by])).get("ben"), 0);
});
