/** Changes somebody gathers for a proposal, until it is sent: one basket for each map. */
import type { Board, Card } from "../../doc/board.ts";
import type { Edit } from "../../doc/commands.ts";

/** A change in the basket, with words for it. */
export interface Gathered {
  readonly edit: Edit;
  readonly kind: "reword" | "add" | "assume" | "gone";
  readonly label: string;
  /** What speaks for it, "" for nothing. */
  readonly why: string;
}

/** Kinds of changes in words. */
export const KINDS = {
  reword: "propose_reword",
  add: "propose_add",
  assume: "propose_assume",
  gone: "propose_gone",
} as const;

const NOTHING: readonly Gathered[] = [];
const baskets = new Map<string, readonly Gathered[]>();
const listeners = new Set<() => void>();

/** What is in the basket of a map. */
export function basketOf(mapId: string): readonly Gathered[] {
  return baskets.get(mapId) ?? NOTHING;
}

/** Hear of changes of all baskets. */
export function onBasket(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Put something into the basket; another wording of the same takes the place of the one before. */
export function gather(mapId: string, one: Gathered): void {
  const rest = basketOf(mapId).filter(
    (other) =>
      !(other.kind === one.kind && one.kind !== "add" && refOf(other.edit) === refOf(one.edit)),
  );
  put(mapId, [...rest, one]);
}

/** What speaks for all of it, each reason once. */
export function reasonsOf(basket: readonly Gathered[]): string {
  return [...new Set(basket.map((one) => one.why).filter(Boolean))].join("\n");
}

/** Leave something out. */
export function drop(mapId: string, one: Gathered): void {
  put(
    mapId,
    basketOf(mapId).filter((other) => other !== one),
  );
}

/** Nothing is gathered any more. */
export function empty(mapId: string): void {
  put(mapId, NOTHING);
}

function put(mapId: string, now: readonly Gathered[]): void {
  baskets.set(mapId, now);
  for (const listener of listeners) listener();
}

function refOf(edit: Edit): string {
  return edit.do === "together" ? "" : edit.ref;
}

/** The field that says what a card is called or what it says; "" where it has none. */
export function wordsField(card: Card): "title" | "name" | "text" | "" {
  if (card.kind === "map") return "title";
  if (card.kind === "statement") return "text";
  return card.kind === "lane" ? "" : "name";
}

/** Lanes a statement may be put into at a card; none where no statement stands there. */
export function lanesAt(board: Board, card: Card): string[] {
  if (card.kind === "statement") return [];
  if (!["map", "stage", "step"].includes(card.kind)) return [];
  return board.row("map", "lane").map((lane) => lane.ref.slice("lane:".length));
}
