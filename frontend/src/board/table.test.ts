/** Tables of spreadsheets, both ways. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdit } from "../doc/apply.ts";
import { Board, newCard } from "../doc/board.ts";
import type { Edit } from "../doc/commands.ts";
import { Chance } from "../doc/play/chance.ts";
import type { Json } from "../model/json.ts";
import { gridOf, scoreOf, textOf } from "./grid.ts";
import { tableOf } from "./table.ts";
import { looksLikeMap, type Reading, readCells, readMap } from "./tablePaste.ts";
import { type Cells, cellsOfHtml, cellsOfText, textOfRows } from "./tableText.ts";

const TOP = { at: "", pos: "", lane: "" };
const LANES = ["actions", "emotion", "what we do"];
const PIECES = [
  "I pay",
  "Größe 😀",
  "支払う",
  "- 1",
  "• a",
  "'2",
  "=SUM(A1)",
  '"so"',
  "1. go",
  "−1: x",
];
const JOINTS = [" ", "\t", "\n", "\n  ", "\n- ", ", "];

function emptyBoard(): Board {
  return Board.of("shop", [newCard("map", { title: "I order" }, TOP)]);
}

function made(board: Board, edits: readonly Edit[]): Board {
  return edits.reduce((now, edit) => applyEdit(now, edit).board, board);
}

function wholeText(board: Board): string {
  return tableOf(board, { ...gridOf(board), hasHeads: true }).text;
}

/** What a board says, without ids and positions. */
function said(board: Board): Json {
  const { columns, lanes } = gridOf(board);
  return {
    lanes: lanes.map((lane) => lane.name),
    columns: columns.map(({ kind, stage, card, at }) => [
      kind,
      textOf(board.find(stage)?.fields.name),
      textOf(card.fields.name),
      lanes.map(({ name }) =>
        board.row(at, "statement", name).map((one) => [textOf(one.fields.text), scoreOf(one)]),
      ),
    ]),
  };
}

/** A map by chance; stages beside each other have different names. */
function someBoard(chance: Chance): Board {
  const edits: Edit[] = LANES.map((lane) => ({ do: "add", ref: `lane:${lane}` }));
  const some = () => {
    const words = Array.from({ length: 1 + chance.below(3) }, () => chance.one(PIECES, ""));
    return words.reduce((all, word) => all + chance.one(JOINTS, " ") + word).trim();
  };
  const fill = (at: string) => {
    for (const lane of LANES) {
      for (let n = chance.below(3); n > 0; n -= 1) {
        const hasScore = lane === "emotion" && chance.below(2) > 0;
        const fields = hasScore
          ? { text: some(), score: chance.below(9) / 2 - 2 }
          : { text: some() };
        const ref = `statement:s${edits.length}`;
        edits.push({ do: "add", ref, place: { at, lane }, fields });
      }
    }
  };
  for (let stage = 0; stage < 1 + chance.below(4); stage += 1) {
    const at = `stage:${stage}`;
    edits.push({ do: "add", ref: at, fields: { name: `${stage} ${chance.one(PIECES, "")}` } });
    for (let step = chance.below(4); step > 0; step -= 1) {
      const ref = `step:${stage}-${step}`;
      const name = chance.one(PIECES, "I pay");
      edits.push({ do: "add", ref, place: { at }, fields: { name } });
      fill(ref);
    }
    if (!chance.below(3)) fill(at);
  }
  if (!chance.below(3)) fill("map");
  return made(emptyBoard(), edits);
}

test("a map copied as a table is the same map when it is pasted, whatever it says", () => {
  for (let seed = 0; seed < 120; seed += 1) {
    const chance = new Chance(seed);
    const board = someBoard(chance);
    const text = wholeText(board);
    const reading = readMap(emptyBoard(), cellsOfText(text), chance.next);
    assert.deepEqual(reading.notUnderstood, [], `seed ${seed}`);
    const again = made(emptyBoard(), reading.edits);
    assert.deepEqual(said(again), said(board), `seed ${seed}\n${text}`);
    const none = readMap(board, cellsOfText(text), chance.next);
    assert.deepEqual(none.edits, [], `seed ${seed}`);
  }
});

const TABLE: Cells = cellsOfText(
  "Phase\tFind\t\tBuy\n\tSearch\tCompare\tPay\npains\tSlow\t\tNo card\n\tUgly\nemotion\t1\t-0,5: Hm\t2: days\n",
);

function read(cells: Cells, board = emptyBoard()): [Reading, Board] {
  const reading = readMap(board, cells, new Chance(1).next);
  return [reading, made(board, reading.edits)];
}

test("stages over several columns, rows of one lane and numbers of a mood are understood", () => {
  const [reading, board] = read(TABLE);
  assert.deepEqual(reading.added, { lanes: 2, stages: 2, steps: 3, statements: 6, touchpoints: 0 });
  assert.deepEqual(said(board), {
    lanes: ["pains", "emotion"],
    columns: [
      [
        "step",
        "Find",
        "Search",
        [
          [
            ["Slow", null],
            ["Ugly", null],
          ],
          [["", 1]],
        ],
      ],
      ["step", "Find", "Compare", [[], [["Hm", -0.5]]]],
      ["step", "Buy", "Pay", [[["No card", null]], [["days", 2]]]],
    ],
  });
});

test("merged cells of a spreadsheet are understood", () => {
  const html = `<html><head><style>td {x: "<td>"}</style></head><body><!--StartFragment--><table>
    <tr><td></td><td colspan=2>Find &amp; choose</td><td>Buy</td></tr>
    <tr><td></td><td>Search</td><td>Compare</td><td>Pay</td></tr>
    <tr><td rowspan="2">pains</td><td>It is<br>slow</td><td></td><td>No&nbsp;card</td></tr>
    <tr><td>Ugly &lt;b&gt;</td><td></td><td></td></tr></table><!--EndFragment--></body></html>`;
  const cells = cellsOfHtml(html) ?? [];
  assert.ok(looksLikeMap(cells));
  const [reading, board] = read(cells);
  assert.deepEqual(reading.notUnderstood, []);
  assert.deepEqual(said(board), {
    lanes: ["pains"],
    columns: [
      [
        "step",
        "Find & choose",
        "Search",
        [
          [
            ["It is", null],
            ["slow", null],
            ["Ugly <b>", null],
          ],
        ],
      ],
      ["step", "Find & choose", "Compare", [[]]],
      ["step", "Buy", "Pay", [[["No card", null]]]],
    ],
  });
});

test("a stage that is repeated over its steps is one stage", () => {
  const [, board] = read(cellsOfText("\tFind\tFind\tBuy\n\tA\tB\tC\npains\tx\ty\tz"));
  assert.equal(board.row("map", "stage").length, 2);
});

test("what is there by name is kept, and nothing is taken off", () => {
  const [, first] = read(TABLE);
  const more = cellsOfText("\tfind\t\tUse\n\tSearch\tAsk\tGrow\npains\tSlow\tNobody\tWilted");
  const [reading, board] = read(more, first);
  assert.deepEqual(reading.added, { lanes: 0, stages: 1, steps: 2, statements: 2, touchpoints: 0 });
  const steps = board.row("map", "stage").flatMap((stage) => board.row(stage.ref, "step"));
  assert.deepEqual(
    steps.map((one) => one.fields.name),
    ["Search", "Ask", "Compare", "Grow", "Pay"],
  );
});

test("touchpoints are found by their names, or made", () => {
  const [, first] = read(
    cellsOfText("\tBuy\t\n\tPay\tWait\ntouchpoints\tWeb shop\tweb shop\nx\ty"),
  );
  assert.deepEqual(
    first.row("map", "touchpoint").map((one) => one.fields.name),
    ["Web shop"],
  );
  const [, again] = read(cellsOfText("\tBuy\n\tPay\ntouchpoints\tWeb shop\nx\ty"), first);
  assert.deepEqual(again.toData(), first.toData());
});

test("every cell that was not understood is told", () => {
  const cells = cellsOfText("\t\tBuy\n\tlost\tPay\n\t\tthird\npains\tno stage\tSlow\tBuy too");
  const [{ notUnderstood }] = read(
    cellsOfText("\t\tBuy\n\t\tPay\n\t\tthird\npains\tlost\tSlow\nx"),
  );
  assert.deepEqual(notUnderstood, [
    { row: 2, column: 2, text: "third", why: "extra_head" },
    { row: 3, column: 1, text: "lost", why: "no_stage" },
  ]);
  assert.equal(read(cells)[0].notUnderstood.length, 1);
});

test("cells without heads are put in from the chosen cell on", () => {
  const [, board] = read(TABLE);
  const grid = gridOf(board);
  const cells = cellsOfText("Far\tToo far\nCalm\n");
  const reading = readCells(board, grid, { column: 2, lane: 0 }, cells, new Chance(2).next);
  assert.deepEqual(reading.notUnderstood, [{ row: 0, column: 1, text: "Too far", why: "outside" }]);
  const after = made(board, reading.edits);
  const pay = grid.columns[2]?.at ?? "";
  assert.deepEqual(
    after.row(pay, "statement", "pains").map((one) => one.fields.text),
    ["No card", "Far"],
  );
});

test("no cell begins like a formula", () => {
  const words = ["=1+1", "+1", "-1", "@now", "−1", "'=1"];
  const edits: Edit[] = words.map((text, n) => {
    const place = { at: "map", lane: "actions" };
    return { do: "add", ref: `statement:${n}`, place, fields: { text } };
  });
  const text = wholeText(made(emptyBoard(), edits));
  for (const line of text.replaceAll('"', "").split(/[\n\t]/))
    assert.doesNotMatch(line, /^[=+@−-]/);
});

test("a large table is few edits, none larger than the server takes", () => {
  const lanes = Array.from({ length: 12 }, (_, lane) => {
    return [`lane ${lane}`, ...Array.from({ length: 40 }, (_, n) => `Words of ${lane} at ${n}`)];
  });
  const heads = ["", ...Array.from({ length: 40 }, (_, n) => `Stage ${n}`)];
  const text = [heads, ...lanes].map((row) => row.join("\t")).join("\n");
  const { edits, added } = readMap(emptyBoard(), cellsOfText(text), new Chance(3).next);
  assert.equal(added.statements, 480);
  assert.ok(edits.length <= 4);
  for (const edit of edits) assert.ok(JSON.stringify(edit).length < 60_000);
});

test("text that is no table is one cell", () => {
  assert.equal(cellsOfHtml("<p>I pay</p>"), null);
  assert.deepEqual(
    cellsOfText('a "quoted" word').map((row) => row.map((cell) => cell.text)),
    [['a "quoted" word']],
  );
  assert.ok(!looksLikeMap(cellsOfText("I pay\nI wait")));
});

test("no text is a formula in a spreadsheet, and each comes back as it was", () => {
  const texts = [
    "=1+1",
    "+1+cmd",
    "-2+3*cmd",
    "@SUM(1)",
    "|x",
    "%x",
    "＝1+1",
    "'=1",
    "''-x",
    "-1.5",
    "+2",
    "a=b",
  ];
  const copied = textOfRows([texts]);
  assert.deepEqual(
    copied.split("\t").filter((one) => /^[=+\-@|%＝]/.test(one)),
    ["-1.5", "+2"],
  );
  assert.deepEqual(
    cellsOfText(copied)[0]?.map((one) => one.text),
    texts,
  );
});
