/** A map as loose cards: what each says and where it stands are told apart, so that edits do not collide. */

import { isList, isObject, type Json, type JsonObject, textAt } from "../model/json.ts";
import { Buckets } from "./buckets.ts";
import { EditRefused } from "./refused.ts";

export const KINDS = [
  "map",
  "stage",
  "step",
  "statement",
  "touchpoint",
  "persona",
  "organization",
  "lane",
] as const;
export type Kind = (typeof KINDS)[number];

/** Where a card of each kind may stand. */
export const HOMES: Readonly<Record<Kind, readonly Kind[]>> = {
  map: [],
  stage: ["map"],
  step: ["stage"],
  statement: ["map", "stage", "step"],
  touchpoint: ["map"],
  persona: ["map"],
  organization: ["map"],
  lane: ["map"],
};

/** Where a card stands: one value, set as a whole. */
export interface Place {
  /** Ref of what it stands in: `map`, `stage:ID` or `step:ID`; "" for the map itself. */
  readonly at: string;
  /** Position among its like there, as text. */
  readonly pos: string;
  /** Lane of a statement, "" for anything else. */
  readonly lane: string;
}

/** One element of a map, loose. */
export interface Card extends Place {
  /** Such as `step:search`. */
  readonly ref: string;
  readonly kind: Kind;
  /** "" for the map. */
  readonly id: string;
  /** Taken off the map; it can come back. */
  readonly gone: boolean;
  /** What it says, as in a file, without id, place and what stands in it. */
  readonly fields: JsonObject;
}

const NO_CARDS: readonly Card[] = [];

/** A map while it is edited: all cards by their refs, those taken off included. Never changes. */
export class Board {
  readonly map: string;
  readonly #cards: Buckets<Card>;
  readonly #rows: Buckets<readonly Card[]>;

  private constructor(map: string, cards: Buckets<Card>, rows: Buckets<readonly Card[]>) {
    this.map = map;
    this.#cards = cards;
    this.#rows = rows;
  }

  /** A board of cards. */
  static of(map: string, cards: Iterable<Card>): Board {
    const all = [...cards];
    const rows = new Map<string, Card[]>();
    for (const card of all.sort(byPlace)) {
      if (card.gone) continue;
      for (const key of rowKeys(card)) {
        const row = rows.get(key);
        if (row) row.push(card);
        else rows.set(key, [card]);
      }
    }
    return new Board(map, Buckets.of(all.map((card) => [card.ref, card])), Buckets.of(rows));
  }

  /** The card of a ref, also one taken off; undefined where there is none. */
  find(ref: string): Card | undefined {
    return this.#cards.get(ref);
  }

  /**
   * The card of a ref, also one taken off.
   *
   * @throws EditRefused E112 if there is none.
   */
  card(ref: string): Card {
    const card = this.#cards.get(ref);
    if (card) return card;
    const [kind, name] = parts(ref);
    throw new EditRefused("E112", `no ${kind || "element"} is called "${name}"`);
  }

  /** All cards, sorted by their refs. */
  cards(): Card[] {
    return [...this.#cards.values()].sort((one, other) => compareText(one.ref, other.ref));
  }

  /** The board with a card put in or replaced. */
  withCard(card: Card): Board {
    const old = this.#cards.get(card.ref);
    let rows = this.#rows;
    const keys = new Set<string>();
    if (old && !old.gone) for (const key of rowKeys(old)) keys.add(key);
    const now = card.gone ? NO_KEYS : rowKeys(card);
    for (const key of now) keys.add(key);
    for (const key of keys) {
      const row = (rows.get(key) ?? NO_CARDS).filter((one) => one.ref !== card.ref);
      if (now.includes(key)) {
        const place = row.findIndex((one) => byPlace(card, one) < 0);
        row.splice(place < 0 ? row.length : place, 0, card);
      }
      rows = rows.with(key, row);
    }
    return new Board(this.map, this.#cards.with(card.ref, card), rows);
  }

  /** Whether a card and everything it stands in is on the map. */
  isShown(ref: string): boolean {
    for (let at = ref; at; ) {
      const card = this.#cards.get(at);
      if (!card || card.gone) return false;
      at = card.at;
    }
    return true;
  }

  /**
   * Cards of a kind that stand in an element, in order; of one lane where it is named.
   *
   * The same list as long as nothing in it changes.
   */
  row(at: string, kind: Kind, lane?: string): readonly Card[] {
    return this.#rows.get(rowKey(at, kind, lane)) ?? NO_CARDS;
  }

  /** Cards nobody took off whose stage or step was: kept for whoever wants to place them. */
  withoutPlace(): Card[] {
    return this.cards().filter((card) => !card.gone && !this.isShown(card.ref));
  }

  /** Plain data for JSON, cards sorted by ref. */
  toData(): JsonObject {
    const cards = this.cards().map(({ ref, at, pos, lane, gone, fields }) => {
      return { ref, at, pos, lane, gone, fields };
    });
    return { format: "desirepath/board/1", map: this.map, cards };
  }

  /**
   * The board that `toData`, or the server, wrote.
   *
   * @throws TypeError if it is none.
   */
  static fromData(data: Json | undefined): Board {
    if (!isObject(data) || !isList(data.cards)) throw new TypeError("this is not a board");
    return Board.of(textAt(data, "map"), data.cards.map(cardOf));
  }
}

/** A card of its parts. */
export function newCard(ref: string, fields: JsonObject, place: Place, gone = false): Card {
  const [kind, id] = parts(ref);
  if (!isKind(kind)) throw new TypeError(`there are no cards of the kind "${kind}"`);
  const { at, pos, lane } = place;
  return { ref, kind, id, at, pos, lane, gone, fields };
}

/** Kind and id of a ref. */
export function parts(ref: string): readonly [string, string] {
  const colon = ref.indexOf(":");
  return colon < 0 ? [ref, ""] : [ref.slice(0, colon), ref.slice(colon + 1)];
}

/** Whether there are cards of a kind. */
export function isKind(text: string): text is Kind {
  return KINDS.some((kind) => kind === text);
}

/** Where a card stands. */
export function placeOf({ at, pos, lane }: Place): Place {
  return { at, pos, lane };
}

/** Order of two texts by code points, as the server has it. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  const shorter = Math.min(one.length, other.length);
  for (let place = 0; place < shorter; place += 1) {
    const a = one.charCodeAt(place);
    const b = other.charCodeAt(place);
    if (a !== b) return lifted(a) - lifted(b);
  }
  return one.length - other.length;
}

/** Halves of characters beyond U+FFFF come after all others. */
function lifted(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function byPlace(one: Card, other: Card): number {
  return compareText(one.pos, other.pos) || compareText(one.ref, other.ref);
}

const NO_KEYS: readonly string[] = [];

function rowKeys(card: Card): readonly string[] {
  return [rowKey(card.at, card.kind), rowKey(card.at, card.kind, card.lane)];
}

function rowKey(at: string, kind: Kind, lane?: string): string {
  return lane === undefined ? `${at}\n${kind}` : `${at}\n${kind}\n${lane}`;
}

function cardOf(data: Json): Card {
  if (!isObject(data) || !isObject(data.fields)) throw new TypeError("this is not a card");
  const place = { at: textAt(data, "at"), pos: textAt(data, "pos"), lane: textAt(data, "lane") };
  return newCard(textAt(data, "ref"), data.fields, place, data.gone === true);
}
