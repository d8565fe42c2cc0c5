/** One person's hand on the board: keys, clicks and drops become edits. Knows no browser. */
import type { Board, Card } from "../doc/board.ts";
import type { EvidenceDesk } from "./evidence/desk.ts";
import { MISSING, standingOf } from "./evidence/place.ts";
import { EMOTION, type Grid, gridOf, scoreOf, textOf } from "./grid.ts";
import { readHidden, type Shelf, writeHidden } from "./hidden.ts";
import {
  type Desk,
  FIRST_LOOK,
  type Look,
  type News,
  type Question,
  type Writing,
} from "./look.ts";
import {
  addStage,
  addStatement,
  addStep,
  type Made,
  moveTo,
  placeAfter,
  type Random,
  splitStatement,
} from "./making.ts";
import { firstSpot, placeOf } from "./spots.ts";

export class Hand {
  readonly desk: Desk;
  /** The last wish for the browser's focus that was granted. */
  grabbed = 0;
  readonly random: Random;
  /** What checks say of the map; null where nobody asks for it. */
  evidence: EvidenceDesk | null = null;
  readonly tell: (news: News) => void;
  readonly #shelf: Shelf;
  readonly #listeners = new Set<() => void>();
  #look: Look;
  #grid: { board: Board; hidden: ReadonlySet<string>; grid: Grid } | null = null;

  constructor(desk: Desk, map: string, shelf: Shelf, random: Random, tell: (news: News) => void) {
    this.desk = desk;
    this.random = random;
    this.#shelf = shelf;
    this.tell = tell;
    this.#map = map;
    this.#look = { ...FIRST_LOOK, hidden: readHidden(shelf, map) };
  }
  readonly #map: string;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  getSnapshot = (): Look => this.#look;

  set(change: Partial<Look>): void {
    this.#look = { ...this.#look, ...change };
    for (const one of this.#listeners) one();
  }

  get board(): Board | null {
    return this.desk.getSnapshot().board;
  }

  /** The board laid out; the same object until the board or what is hidden changes. */
  grid(board: Board): Grid {
    const { hidden } = this.#look;
    const hasMet = this.evidence?.hasMet ?? false;
    const known = this.#grid;
    if (known?.board === board && known.hidden === hidden && known.grid.hasMet === hasMet) {
      return known.grid;
    }
    const grid = gridOf(board, hidden, hasMet);
    this.#grid = { board, hidden, grid };
    return grid;
  }

  /** Whether this person may write in a lane; "" asks for stages, steps and the map. */
  may(lane = ""): boolean {
    const { role, lanes } = this.desk.getSnapshot();
    if (!["editor", "facilitator", "administrator"].includes(role)) return false;
    return lanes.length === 0 || lanes.includes(lane);
  }

  /** The spot the keyboard stands on, or the first where that is gone. */
  spot(board: Board): string {
    const grid = this.grid(board);
    const { focus } = this.#look;
    return placeOf(grid, board, focus) ? focus : firstSpot(grid);
  }

  /** The card somebody stands on; null on an empty cell or the name of a lane. */
  card(): Card | null {
    const { board } = this;
    const card = board?.find(this.#look.focus);
    return card && !card.gone ? card : null;
  }

  /** Stand on a spot; `grab` takes the browser's focus along. */
  stand(spot: string, grab = false, anchor = ""): void {
    const look = this.#look;
    if (look.focus === spot && look.anchor === anchor && !grab) return;
    const shown = look.focus === spot ? look.shown : "";
    this.set({ focus: spot, anchor, shown, grab: look.grab + (grab ? 1 : 0) });
    const card = this.board?.find(spot);
    this.desk.presence(card ? spot : null);
  }

  /** Go where a link leads; false where that is not on the map (any more). */
  arrive(ref: string): boolean {
    const { board } = this;
    if (ref === MISSING || ref.startsWith(`${MISSING}:`)) {
      this.evidence?.showMissing(ref.slice(MISSING.length + 1));
      return true;
    }
    const standing = board && standingOf(board, gridOf(board), ref);
    if (!standing) {
      this.tell({ news: "nowhere" });
      return false;
    }
    const { spot, shown, lane } = standing;
    const { hidden } = this.#look;
    if (lane && hidden.has(lane)) this.hide(new Set([...hidden].filter((one) => one !== lane)));
    if (spot) this.stand(spot, true);
    if (shown) this.set({ shown, isPanelOpen: true });
    return true;
  }

  write(writing: Writing | null): void {
    if (writing && !this.#mayWrite(writing)) {
      this.tell({ news: "reading" });
      return;
    }
    const { grab } = this.#look;
    this.set({ writing, grab: writing ? grab : grab + 1 });
  }

  #mayWrite(writing: Writing): boolean {
    if (writing.what === "statement") return this.may(writing.lane);
    return this.may(writing.what === "field" ? (this.board?.find(writing.ref)?.lane ?? "") : "");
  }

  ask(question: Question | null): void {
    const { grab } = this.#look;
    this.set({ question, grab: question ? grab : grab + 1 });
  }

  hide(hidden: ReadonlySet<string>): void {
    writeHidden(this.#shelf, this.#map, hidden);
    this.set({ hidden });
  }

  /** Make an edit and stand on what came of it. */
  make(made: Made | null, news: News["news"] | "" = ""): boolean {
    if (!made) return this.edge();
    if (!this.send(made.edit)) return false;
    this.stand(made.ref, true);
    if (news === "copied" || news === "added" || news === "split" || news === "merged") {
      this.tell({ news, ref: made.ref });
    }
    return true;
  }

  /** Send an edit; false where it could not be made. */
  send(edit: Made["edit"] | null): boolean {
    if (!edit) return this.edge();
    return this.desk.edit(edit);
  }

  /** Tell that there is nothing more in this direction. */
  edge(): false {
    this.tell({ news: "edge" });
    return false;
  }

  /** What was written in a new card. */
  finish(text: string): void {
    const { writing } = this.#look;
    const { board } = this;
    const words = text.trim();
    this.write(null);
    if (!writing || !board || !words) return;
    const after = "after" in writing ? (board.find(writing.after) ?? null) : null;
    if (writing.what === "stage") this.make(addStage(board, words, after, this.random), "added");
    if (writing.what === "step") {
      this.make(addStep(board, writing.stage, words, after, this.random), "added");
    }
    if (writing.what === "statement") {
      const { at, lane } = writing;
      const { persona } = this.#look;
      const fields = persona && lane === EMOTION ? { text: words, persona } : { text: words };
      const pos = after ? placeAfter(board.row(at, "statement", lane), after) : "";
      this.make(addStatement(at, lane, fields, this.random, pos), "added");
    }
  }

  /** Take a card off the map. */
  take(card: Card): void {
    if (!this.may(card.lane)) {
      this.tell({ news: "reading" });
      return;
    }
    const { board } = this;
    if (!board || card.kind === "map") return;
    const { at, lane } = card;
    const row =
      card.kind === "statement" ? board.row(at, "statement", lane) : board.row(at, card.kind);
    const index = row.findIndex((one) => one.ref === card.ref);
    const beside = row[index + 1] ?? row[index - 1];
    if (!this.send({ do: "mark_gone", ref: card.ref })) return;
    const left = card.kind === "statement" ? `cell:${at} ${lane}` : at === "map" ? "" : at;
    this.stand(beside?.ref ?? left, true);
    this.tell({ news: "gone", ref: card.ref });
  }

  /** Put a card somewhere else; `after` null for the front, undefined for the end. */
  put(card: Card, at: string, lane: string, after?: Card | null): boolean {
    const { board } = this;
    if (!board) return false;
    if (!this.may(card.lane) || !this.may(lane)) {
      this.tell({ news: "reading" });
      return false;
    }
    const edit = moveTo(board, card, at, lane, after);
    if (!edit || !this.send(edit)) return false;
    this.stand(card.ref, true);
    this.tell({ news: "moved", ref: card.ref, at, lane });
    return true;
  }

  /** Draw the curve: a score for a statement, or a new one in a step. */
  score(card: Card | null, at: string, score: number): void {
    if (!this.may(EMOTION)) {
      this.tell({ news: "reading" });
      return;
    }
    if (!card) {
      const { persona } = this.#look;
      const fields = persona ? { score, persona } : { score };
      this.make(addStatement(at, EMOTION, fields, this.random), "added");
      return;
    }
    const was = scoreOf(card);
    if (was === score) return;
    if (this.send({ do: "change", ref: card.ref, field: "score", value: score, was })) {
      this.tell({ news: "score", ref: card.ref, score });
    }
  }

  /** Part a statement at a place of its text. */
  split(card: Card, at: number): void {
    const { board } = this;
    if (board && textOf(card.fields.text))
      this.make(splitStatement(board, card, at, this.random), "split");
  }
}
