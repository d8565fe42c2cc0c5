/** A map as one page edits it: what the server said, with the own edits on top. */

import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  parsed,
  same,
  textAt,
} from "../model/json.ts";
import { knowing, withPlaces } from "./again.ts";
import { applyEdit, type Outcome } from "./apply.ts";
import { Board } from "./board.ts";
import { type Edit, editOf } from "./commands.ts";
import { Connection, type Dial, type Timers } from "./connection.ts";
import { Keep, type Purpose, type Store, type Waiting } from "./keep.ts";
import { Notices } from "./notices.ts";
import { People } from "./people.ts";
import { EditRefused } from "./refused.ts";
import { Undo } from "./undo.ts";
import type { State, View } from "./view.ts";

/** What a session works with: everything of the outside. */
export interface World {
  /** Id of the map. */
  readonly map: string;
  /** Id of the person, so that nobody sends what another one left in this browser. */
  readonly person: string;
  /** Name of this page, new for each. */
  readonly client: string;
  readonly dial: Dial;
  readonly store: Store;
  readonly timers: Timers;
  /** 0 to 1. */
  readonly random: () => number;
}

export class MapSession {
  readonly #world: World;
  readonly #keep: Keep;
  readonly #connection: Connection;
  readonly #listeners = new Set<() => void>();
  readonly #people = new People();
  readonly #undo = new Undo();
  readonly #notices: Notices;
  /** The map with every edit the server has told. */
  #saved: Board | null = null;
  #seq = 0;
  #epoch = "";
  #board: Board | null = null;
  #waiting: Waiting[] = [];
  /** What each waiting edit did to the board that is shown. */
  readonly #effects = new WeakMap<Waiting, Edit>();
  /** Whether what was heard may change the board that is shown. */
  #isStale = false;
  #n = 0;
  /** What the server puts before the names of this person's pages. */
  #prefix = "";
  /** Of each page of this person: last number the server knows. */
  #known = new Map<string, number>();
  #isHere = false;
  #hasTried = false;
  #ended = "";
  #at = "";
  #role = "";
  #lanes: readonly string[] = [];
  #view: View | null = null;

  constructor(world: World) {
    this.#world = world;
    const { map, person, client, dial, store, timers, random } = world;
    this.#keep = new Keep(store, timers, person, map, client);
    this.#notices = new Notices(
      (edit) => this.edit(edit),
      () => this.#changed(),
    );
    this.#connection = new Connection(dial, timers, random, {
      opened: () => this.#opened(),
      heard: (text) => this.#heard(text),
      broke: (ended) => this.#broke(ended),
    });
    this.#waiting = this.#keep.leftovers();
    this.#connection.retry();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): View => {
    this.#view ??= this.#viewed();
    return this.#view;
  };

  /** Make an edit. It is on the board at once; false, with a notice, where it cannot be made. */
  edit(edit: Edit): boolean {
    const board = this.#board;
    if (!board || this.#ended) return false;
    const done = this.#make(knowing(board, edit), "edit");
    return done !== null;
  }

  /** Take back the last own edit that still stands. */
  undo(): void {
    const edit = this.#undo.back();
    if (edit) this.#make(edit, "undo");
  }

  /** Make once more what was taken back last. */
  redo(): void {
    const edit = this.#undo.forth();
    if (edit) this.#make(edit, "redo");
  }

  /** Tell the others at which card this person is. */
  presence(ref: string | null): void {
    if (this.#at === (ref ?? "")) return;
    this.#at = ref ?? "";
    if (this.#isHere) this.#connection.say({ say: "presence", at: this.#at });
  }

  /** Try to reach the server now. */
  retry(): void {
    this.#ended = "";
    this.#connection.retry();
    this.#changed();
  }

  /** The network is back, or the page is looked at again. */
  wake(): void {
    if (!this.#ended) this.#connection.wake();
  }

  /** Leave the map; what waits is kept. */
  close(): void {
    this.#connection.close();
    this.#keep.leave();
    this.#isHere = false;
  }

  #make(edit: Edit, purpose: Purpose): Outcome | null {
    if (!this.#board) return null;
    let done: Outcome;
    try {
      done = applyEdit(this.#board, edit);
    } catch (error) {
      if (!(error instanceof EditRefused)) throw error;
      this.#notices.refused(edit, error.code, error.what);
      this.#changed();
      return null;
    }
    this.#n += 1;
    const { client } = this.#world;
    const sent = withPlaces(edit, done.edit);
    const one: Waiting = { client, n: this.#n, edit: sent, purpose, epoch: this.#epoch };
    this.#board = done.board;
    this.#effects.set(one, done.edit);
    this.#waiting.push(one);
    this.#keep.add(one);
    this.#undo.made(one, done.inverse);
    this.#notices.wrote(done.edit);
    if (this.#isHere) this.#send(one);
    this.#changed();
    return done;
  }

  #send({ client, n, edit }: Waiting): void {
    const from = client === this.#world.client ? {} : { client };
    this.#connection.say({ say: "edit", n, ...from, edit });
    this.#connection.expectAnswer();
  }

  #opened(): void {
    const own = this.#world.client;
    const leftover = [...new Set(this.#waiting.map((one) => one.client))].filter(
      (client) => client !== own,
    );
    const known = this.#saved ? { epoch: this.#epoch, seq: this.#seq } : {};
    this.#connection.say({ client: own, leftover, ...known });
    this.#connection.expectAnswer();
  }

  #heard(text: string): void {
    const frame = parsed(text);
    try {
      for (const message of isList(frame) ? frame : []) {
        if (isObject(message)) this.#take(message);
      }
    } catch (error) {
      // What was heard does not follow from what is known: begin with the whole map again.
      if (!(error instanceof EditRefused || error instanceof TypeError)) throw error;
      this.#saved = null;
      this.#connection.renew();
    }
    if (this.#isStale) this.#rebase();
    if (this.#isHere && this.#waiting.length) this.#connection.expectAnswer();
    this.#changed();
  }

  #take(message: JsonObject): void {
    switch (message.say) {
      case "hello":
        this.#hello(message);
        break;
      case "edit":
      case "saved":
        this.#edited(message);
        break;
      case "denied":
        this.#denied(message);
        break;
      case "presence":
        this.#people.here(message);
        break;
      case "left":
        this.#people.left(textAt(message, "page"));
        break;
    }
  }

  #hello(message: JsonObject): void {
    const epoch = textAt(message, "epoch");
    this.#isStale = true;
    this.#forget(epoch);
    this.#prefix = textAt(message, "page").slice(0, -this.#world.client.length);
    this.#role = textAt(message, "role");
    this.#lanes = isList(message.lanes)
      ? message.lanes.filter((one) => typeof one === "string")
      : [];
    this.#people.all(message.people);
    if (message.board !== undefined) {
      this.#saved = Board.fromData(message.board);
      this.#seq = typeof message.seq === "number" ? message.seq : 0;
    }
    for (const one of isList(message.edits) ? message.edits : []) {
      if (isObject(one)) this.#edited(one);
    }
    this.#epoch = epoch;
    this.#known = numbersOf(message.leftover);
    if (typeof message.sent === "number") this.#known.set(this.#world.client, message.sent);
    this.#isHere = true;
    if (this.#at) this.#connection.say({ say: "presence", at: this.#at });
    for (const one of this.#waiting) this.#send(one);
  }

  /** Edits made in another past of the map are not sent; their author is told. */
  #forget(epoch: string): void {
    const stale = this.#waiting.filter((one) => one.epoch !== "" && one.epoch !== epoch);
    if (this.#epoch && this.#epoch !== epoch) this.#undo.clear();
    this.#waiting = this.#waiting.filter((one) => !stale.includes(one));
    for (const one of stale) {
      this.#notices.unplaced(one.edit, () => this.#keep.remove(one.client, one.n));
    }
  }

  #edited(message: JsonObject): void {
    const seq = typeof message.seq === "number" ? message.seq : 0;
    const edit = editOf(message.edit);
    if (seq > this.#seq) {
      if (seq !== this.#seq + 1 || !this.#saved) throw new TypeError("an edit was left out");
      this.#saved = applyEdit(this.#saved, edit).board;
      this.#seq = seq;
    }
    const own = this.#own(message);
    // An own edit that took effect as it is shown, before all others that wait, changes nothing.
    const isShown = own && own === this.#waiting[0] && same(this.#effects.get(own), edit);
    if (!isShown) this.#isStale = true;
    if (!own) {
      this.#notices.others(edit, message.replaced, textAt(message, "by"));
      return;
    }
    this.#settled(own);
    if (message.inverse !== undefined) this.#undo.saved(own, editOf(message.inverse));
    this.#notices.over(edit, message.replaced);
  }

  #denied(message: JsonObject): void {
    const own = this.#own(message);
    if (!own) return;
    this.#isStale = true;
    this.#settled(own);
    this.#undo.denied(own);
    this.#notices.refused(own.edit, textAt(message, "code"), textAt(message, "why"));
  }

  /** The own edit a message is about; the server puts the person before the name of a page. */
  #own(message: JsonObject): Waiting | undefined {
    const page = textAt(message, "client") || this.#world.client;
    const isOf = (client: string) => page === client || page.endsWith(`:${client}`);
    return this.#waiting.find((one) => one.n === message.n && isOf(one.client));
  }

  #settled(one: Waiting): void {
    this.#waiting = this.#waiting.filter((other) => other !== one);
    this.#keep.remove(one.client, one.n);
  }

  #broke(ended: string): void {
    this.#isHere = false;
    this.#hasTried = true;
    this.#ended = ended;
    this.#people.all([]);
    this.#changed();
  }

  /** Own edits on top of what the server said; those it has already, but not answered, are in it. */
  #rebase(): void {
    let board = this.#saved;
    for (const one of this.#waiting) {
      if (!board) break;
      if (one.n <= (this.#known.get(one.client) ?? 0)) {
        this.#effects.delete(one);
        continue;
      }
      try {
        const done = applyEdit(board, one.edit);
        board = done.board;
        this.#effects.set(one, done.edit);
      } catch (error) {
        if (!(error instanceof EditRefused)) throw error;
        this.#effects.delete(one);
      }
    }
    this.#isStale = false;
    this.#board = board ?? this.#board;
  }

  #changed(): void {
    this.#view = null;
    for (const listener of this.#listeners) listener();
  }

  #viewed(): View {
    return {
      board: this.#board,
      state: this.#state(),
      ended: this.#ended,
      waiting: this.#waiting.length,
      kept: this.#keep.isWhole,
      people: this.#people.list(this.#prefix),
      notices: this.#notices.list(),
      canUndo: this.#undo.canGoBack,
      canRedo: this.#undo.canGoForth,
      role: this.#role,
      lanes: this.#lanes,
      seq: this.#seq,
    };
  }

  #state(): State {
    if (this.#ended) return "ended";
    if (this.#isHere) return this.#waiting.length ? "saving" : "saved";
    return this.#hasTried ? "offline" : "connecting";
  }
}

function numbersOf(data: Json | undefined): Map<string, number> {
  const found = new Map<string, number>();
  for (const [name, value] of Object.entries(isObject(data) ? data : {})) {
    if (typeof value === "number") found.set(name, value);
  }
  return found;
}
