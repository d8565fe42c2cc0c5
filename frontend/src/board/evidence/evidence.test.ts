import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../api/client.ts";
import type {
  GapSaid,
  HeldSaid,
  MarkSaid,
  MeasuredSaid,
  MetStepSaid,
  QuotedSaid,
  VerdictsSaid,
} from "../../api/types/index.ts";
import { applyEdit } from "../../doc/apply.ts";
import { fetchWords, Words } from "../../ui/words/words.ts";
import { exampleBoard, half } from "../example.ts";
import { gridOf } from "../grid.ts";
import { metSpot, nextSpot, placeOf } from "../spots.ts";
import { EVERYBODY, EvidenceDesk, isThere, type Whose } from "./desk.ts";
import { isLike, isPut, putStatement, putStep, stepName } from "./gaps.ts";
import { gapSign, heldOf } from "./held.ts";
import { gapOf, Judged } from "./judged.ts";
import { numberWords, valueWords } from "./numbers.ts";
import { quotesOf } from "./tone.ts";

const share = (value: number, n = 900): MeasuredSaid => {
  return { value, unit: "share", low: value - 0.02, high: value + 0.02, n, hits: 0, cases: n };
};

const mark = (
  ref: string,
  verdict: MarkSaid["verdict"],
  more: Partial<MarkSaid> = {},
): MarkSaid => {
  return {
    ref,
    kind: "share",
    claim: "at least 20 %",
    is_implied: false,
    verdict,
    reason: "",
    number: share(0.4),
    source: "events",
    window_from: "",
    window_to: "",
    further: null,
    proposal: "",
    advice: "",
    question: "",
    persona: "",
    due: "",
    was: null,
    segments: [],
    against: [],
    is_changed: false,
    limits: [],
    ...more,
  };
};

const said = (marks: readonly MarkSaid[], more: Partial<VerdictsSaid> = {}): VerdictsSaid => {
  const snapshot = {
    id: "a",
    made_us: 0,
    by: "",
    seq: 0,
    cases: 900,
    customers: 900,
    events: 5000,
    window_from: "2025-04-01",
    window_to: "2025-05-03",
    sources: [],
  };
  const nothing = { missing: [], dead: [], quotes: [], notes: [], steps: [], held: [], groups: [] };
  const rest = { seq: 0, group: null, coverage: null, due: "", unchecked: [] };
  return { snapshot, marks, ...nothing, ...rest, ...more };
};

const GAP: GapSaid = {
  kind: "activity",
  name: "care_guide",
  share: share(0.2),
  goal: null,
  after: "step:search",
  examples: [],
  addition: {
    at: "step:search",
    lane: "pains",
    text: "After this, “care_guide” happens",
    claim: { share: { activity: "care_guide", at_least: "15%" } },
  },
};

test("a card that says something else than was judged carries no verdict", () => {
  const board = exampleBoard();
  const judged = new Judged(said([mark("statement:slow", "refuted")]), board);
  const card = board.card("statement:slow");
  const first = judged.of(card);
  assert.equal(first?.sign, "refuted");
  assert.equal(first?.differs, true);
  assert.equal(judged.of({ ...card, pos: "a5", fields: { ...card.fields, importance: 5 } }), first);
  const other = { ...card, fields: { ...card.fields, text: "It is quick" } };
  const changed = judged.of(other);
  assert.equal(changed?.sign, "changed");
  assert.equal(changed?.differs, false);
  assert.equal(judged.of(other), changed, "the same object, so that nothing is drawn anew");
  assert.equal(judged.of({ ...card, at: "step:pay" })?.sign, "changed");
  assert.equal(judged.changed(board.withCard(other)), 1);
});

test("a statement nobody judged is new, and what nothing was said of carries no mark", () => {
  const board = exampleBoard();
  const judged = new Judged(said([], { unchecked: ["statement:easy"] }), board);
  assert.equal(judged.of(board.card("statement:easy"))?.sign, "new");
  assert.equal(judged.of(board.card("statement:slow")), null);
  const added = { ...board.card("statement:slow"), ref: "statement:more" };
  assert.equal(judged.of(added)?.sign, "new");
  const unchecked = new Judged(said([], { snapshot: null }), board);
  assert.equal(unchecked.of(added), null);
});

test("of several verdicts on a step the gravest is shown, and few cases are no verdict", () => {
  const board = exampleBoard();
  const few = mark("statement:slow", "unknown", { number: share(0.4, 7) });
  const judged = new Judged(
    said([
      mark("step:pay", "confirmed", { kind: "reach", is_implied: true }),
      mark("step:pay", "refuted", { kind: "order", is_implied: true }),
      few,
    ]),
    board,
  );
  const found = judged.of(board.card("step:pay"));
  assert.equal(found?.main.kind, "order");
  assert.equal(found?.all.length, 2);
  assert.equal(judged.of(board.card("statement:slow"))?.sign, "few");
});

test("numbers are written as on posters, in the language of the reader", async () => {
  await fetchWords("de");
  const [en, de] = [new Words("en"), new Words("de")];
  const plain = (text: string) => text.replaceAll("\u00a0", " ");
  assert.equal(plain(numberWords(en, share(0.7419, 2263))), "74 % (72 to 76 %), n 2,263");
  assert.equal(plain(numberWords(de, share(0.004, 2263))), "0,4 % (-2 bis 2 %), n 2.263");
  assert.equal(plain(valueWords(en, 248_760, "s")), "2.9 d");
  assert.equal(plain(valueWords(en, -0.5, "emotion")), "−0.5");
  assert.equal(plain(valueWords(de, 0.061, "points")), "+6,1 Punkte");
  assert.equal(valueWords(en, null, "share"), "–");
});

test("what is missing becomes a step after the one it follows, and is not missing then", () => {
  const board = exampleBoard();
  assert.equal(isPut(board, GAP), false);
  const made = putStep(board, GAP, half);
  assert.ok(made);
  const after = applyEdit(board, made.edit).board;
  const names = after.row("stage:find", "step").map((one) => one.ref);
  assert.deepEqual(names, ["step:search", made.ref, "step:compare"]);
  assert.deepEqual(after.card(made.ref).fields, {
    name: "Care guide",
    events: [{ activity: "care_guide" }],
  });
  assert.equal(isPut(after, GAP), true);
  const first = putStep(board, { ...GAP, after: "" }, half);
  assert.ok(first);
  const front = applyEdit(board, first.edit).board.row("stage:find", "step")[0];
  assert.equal(front?.ref, first.ref);
});

test("what is no activity becomes a statement with its claim", () => {
  const board = exampleBoard();
  const theme = { ...GAP, kind: "theme", name: "waiting" } as const;
  assert.equal(putStep(board, theme, half), null);
  const made = putStatement(board, theme, half);
  assert.ok(made);
  const after = applyEdit(board, made.edit).board;
  assert.equal(isPut(after, theme), true);
  assert.equal(after.card(made.ref).lane, "pains");
  const gone = board.withCard({ ...board.card("step:search"), gone: true });
  assert.equal(putStatement(gone, theme, half), null);
});

test("names of activities fit patterns as the server fits them", () => {
  assert.ok(isLike("magazine_open", "magazine_*"));
  assert.ok(!isLike("Magazine_open", "magazine_*"));
  assert.ok(isLike("a[1]", "a[?]"));
  assert.equal(stepName("order.paid-again"), "Order paid again");
  assert.equal(stepName("___"), "___");
});

test("a feeling within chance of what is assumed is no gap", () => {
  const felt = { ...share(0.8, 240), unit: "emotion", low: 0.7, high: 0.9 };
  assert.equal(gapOf(1, felt), null);
  assert.ok(Math.abs((gapOf(2, felt) ?? 0) + 1.2) < 1e-9);
  assert.equal(gapOf(2, { ...felt, n: 7 }), null);
  assert.equal(gapOf(null, felt), null);
});

const feeling = (value: number): MeasuredSaid => {
  return { ...share(value, 80), unit: "emotion", low: value - 0.2, high: value + 0.2 };
};

test("promise, expectation and delivery stand side by side, of a step with its touchpoints", () => {
  const before = exampleBoard();
  const web = before.card("touchpoint:web");
  const fields = { ...web.fields, promise: { text: "At once" }, delivery: ["Slow", "Late"] };
  const board = before.withCard({ ...web, fields });
  const held: HeldSaid = {
    ref: "touchpoint:web",
    made: share(0.5),
    kept: [{ ref: "touchpoint:web", number: share(0.12, 793) }],
    expected: feeling(1.2),
    delivered: feeling(0.4),
    gap: feeling(-0.8),
    sign: "short",
    is_paired: true,
    window_from: "",
    window_to: "",
  };
  const judged = new Judged(said([], { held: [held] }), board);
  const [found, ...others] = heldOf(board, judged, board.card("step:search"));
  assert.deepEqual(others, [], "the step itself promises nothing, and nobody was asked there");
  assert.equal(found?.name, "Web shop");
  assert.equal(found?.promised[0]?.text, "At once");
  assert.equal(found?.promised[0]?.kept?.n, 793);
  assert.deepEqual(found?.got, ["Slow", "Late"]);
  assert.equal(gapSign(found?.said ?? null), "short");
  assert.equal(gapSign({ ...held, sign: "even" }), null);
  assert.deepEqual(heldOf(board, judged, board.card("step:compare")), []);
  const gone = board.withCard({ ...board.card("touchpoint:web"), gone: true });
  assert.deepEqual(heldOf(gone, judged, gone.card("step:search")), []);
});

test("praise stands beside what is good and blame beside what is bad", () => {
  const board = exampleBoard();
  const quote = (text: string, tone: QuotedSaid["tone"]): QuotedSaid => {
    return {
      step: "step:search",
      theme: "waiting",
      text,
      language: "en",
      day: "",
      channel: "",
      tone,
      by_last: false,
    };
  };
  const quotes = [quote("Slow!", "bad"), quote("So quick!", "good"), quote("I was there", "")];
  const step: MetStepSaid = {
    ref: "step:search",
    reach: null,
    left: null,
    again: null,
    time: null,
    time_from: "",
    felt: feeling(0.8),
  };
  const judged = new Judged(said([], { quotes, steps: [step] }), board);
  const mood = board.card("statement:mood");
  const score = (number: MeasuredSaid | null) =>
    quotesOf(judged, mood, mark(mood.ref, "unknown", { kind: "score", number })).map(
      (one) => one.text,
    );
  assert.deepEqual(score(null), ["Slow!"], "the team believes that it is bad");
  assert.deepEqual(score(feeling(0.8)), ["So quick!"], "what was measured weighs more");
  assert.deepEqual(score(feeling(0.1)), ["Slow!"]);
  const named = (claim: string) =>
    quotesOf(judged, mood, mark(mood.ref, "unknown", { kind: "mentions", claim })).length;
  assert.equal(named("höchstens 5 % derer sprechen von „waiting“"), 3, "in every language");
  assert.equal(named("at most 5 % speak of “waiting_long”"), 0);
  const told = quotesOf(judged, board.card("step:search"), null).map((one) => one.text);
  assert.deepEqual(told, ["So quick!", "Slow!", "I was there"]);
});

test("the arrows lead through what was measured below the steps where it is shown", () => {
  const board = exampleBoard();
  const grid = gridOf(board, new Set(), true);
  const below = nextSpot(grid, board, "step:search", "down");
  assert.equal(below, metSpot("step:search"));
  assert.equal(nextSpot(grid, board, below, "right"), metSpot("step:compare"));
  assert.equal(nextSpot(grid, board, below, "up"), "step:search");
  assert.equal(nextSpot(grid, board, below, "down"), "statement:slow");
  assert.equal(placeOf(gridOf(board), board, below), null, "read as belief there is no such row");
});

test("choosing a group shows its marks, and the first ones again without asking", async () => {
  const asked: string[] = [];
  const board = exampleBoard();
  const group = { key: "0", segment: "a=b", window_from: "", window_to: "", cases: 50 };
  const code = "E719";
  const gone = new Refused({ status: 404, code, title: "", detail: "", problems: [] });
  const ask = (whose: Whose) => {
    asked.push(whose.segment);
    if (whose.segment === "gone=1") return Promise.reject(gone);
    if (whose.segment === "off=1") return Promise.reject(new Error("off"));
    return Promise.resolve(said([], { group: whose.segment ? group : null, groups: [group] }));
  };
  const shelf = new Map<string, string>();
  const desk = new EvidenceDesk("shop", ask, () => ({ board, seq: 3, waiting: 0 }), {
    getItem: (key) => shelf.get(key) ?? null,
    setItem: (key, value) => shelf.set(key, value),
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  desk.again();
  await settled();
  const first = desk.getSnapshot().judged;
  desk.choose({ segment: "a=b", window: "" });
  assert.equal(desk.getSnapshot().judged, first, "the marks stay until the others are there");
  await settled();
  assert.equal(desk.getSnapshot().judged?.said.group?.cases, 50);
  desk.choose(EVERYBODY);
  assert.equal(desk.getSnapshot().judged, first);
  desk.choose({ segment: "gone=1", window: "" });
  await settled();
  assert.equal(desk.getSnapshot().judged, first);
  assert.deepEqual(desk.getSnapshot().whose, EVERYBODY);
  assert.equal(desk.getSnapshot().failed?.segment, "gone=1", "and it is said whose are missing");
  assert.equal(desk.getSnapshot().isGone, true);
  desk.choose({ segment: "off=1", window: "" });
  await settled();
  assert.equal(desk.getSnapshot().isGone, false, "another try may have them");
  assert.deepEqual(asked, ["", "a=b", "gone=1", "off=1"]);
  desk.choose({ segment: "a=b", window: "" });
  assert.equal(desk.getSnapshot().failed, null);
  assert.equal(desk.isBehind(), true);
  assert.ok(isThere([group], { segment: "a=b", window: "" }));
  assert.ok(!isThere([group], { segment: "a=b", window: "1..2" }));
  desk.read("difference");
  assert.equal(shelf.size, 1);
});
