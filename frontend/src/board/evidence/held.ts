/** Promise, expectation and delivery of a place side by side: what the map says of each, and what was measured. */
import type { HeldSaid, MeasuredSaid } from "../../api/types/index.ts";
import type { Board, Card } from "../../doc/board.ts";
import { nameOf, textsOf } from "../grid.ts";
import type { Judged } from "./judged.ts";

/** Whether customers got less or more than they expected; null where neither is shown. */
export type GapSign = "short" | "better";

export interface Promised {
  readonly text: string;
  /** The card that makes it: its verdict is that of the promise. */
  readonly card: Card;
  /** For how many it was kept, null where events do not tell. */
  readonly kept: MeasuredSaid | null;
}

/** One place with its three sides. */
export interface Held {
  readonly ref: string;
  readonly name: string;
  readonly promised: readonly Promised[];
  readonly expected: readonly string[];
  readonly got: readonly string[];
  readonly said: HeldSaid | null;
}

const LANES = {
  promised: ["promise", "promises"],
  expected: ["expectations", "expectation"],
  got: ["delivery"],
} as const;

/** Promise, expectation and delivery of a card: a touchpoint's own; a step's own and its touchpoints'. */
export function heldOf(board: Board, judged: Judged, card: Card): readonly Held[] {
  if (card.kind === "touchpoint") return shown(ofTouchpoint(board, judged, card.id));
  if (card.kind !== "step") return [];
  const names = textsOf(card.fields.touchpoints);
  return [
    ...shown(ofStep(board, judged, card)),
    ...names.flatMap((name) => shown(ofTouchpoint(board, judged, name))),
  ];
}

/** What was delivered is worth telling where something was promised or expected. */
function shown(one: Held | null): readonly Held[] {
  return one && (one.promised.length > 0 || one.expected.length > 0 || one.said) ? [one] : [];
}

function ofStep(board: Board, judged: Judged, step: Card): Held {
  const said = judged.held(step.ref);
  const cards = (lanes: readonly string[]) =>
    lanes.flatMap((lane) => [...board.row(step.ref, "statement", lane)]);
  const texts = (lanes: readonly string[]) =>
    cards(lanes).flatMap((one) => textsOf(one.fields.text));
  return {
    ref: step.ref,
    name: nameOf(step),
    promised: cards(LANES.promised).map((card) => promised(card, nameOf(card), said)),
    expected: texts(LANES.expected),
    got: texts(LANES.got),
    said,
  };
}

function ofTouchpoint(board: Board, judged: Judged, id: string): Held | null {
  const card = board.find(`touchpoint:${id}`);
  if (!card || card.gone) return null;
  const said = judged.held(card.ref);
  return {
    ref: card.ref,
    name: nameOf(card),
    promised: textsOf(card.fields.promise).map((text) => promised(card, text, said)),
    expected: textsOf(card.fields.expectation),
    got: textsOf(card.fields.delivery),
    said,
  };
}

function promised(card: Card, text: string, said: HeldSaid | null): Promised {
  return { text, card, kept: said?.kept.find((one) => one.ref === card.ref)?.number ?? null };
}

/** The side a gap lies on, null where chance alone may have made it. */
export function gapSign(said: HeldSaid | null): GapSign | null {
  return said?.sign === "short" || said?.sign === "better" ? said.sign : null;
}
