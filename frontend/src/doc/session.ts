/** A map as one page edits it: what the server said, with the own edits on top. */

import { isList, isObject, type JsonObject, parsed, textAt } from "../model/json.ts";
import { knowing, withPlaces } from "./again.ts";
import { applyEdit, type Outcome } from "./apply.ts";
import { type Edit, editOf } from "./commands.ts";
import { Connection, type Dial, type Timers } from "./connection.ts";
import { Keep, type Purpose, type Store, type Waiting } from "./keep.ts";
import { Notices } from "./notices.ts";
import { People } from "./people.ts";
import { Queue } from "./queue.ts";
import { EditRefused } from "./refused.ts";
import { listed, Saved } from "./saved.ts";
import { Shown } from "./shown.ts";
import { Undo } from "./undo.ts";
import type { State, View } from "./view.ts";

const LOOK_AGAIN_MS = 20_000;

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
  readonly #queue: Queue;
  readonly #connection: Connection;
  readonly #listeners = new Set<() => void>();
  readonly #newsListeners = new Set<(about: string) => void>();
  readonly #people = new People();
  readonly #undo = new Undo();
  readonly #notices: Notices;
  readonly #saved = new Saved();
  readonly #shown = new Shown();
  readonly #callOff: () => void;
  /** What the server puts before the names of this person's pages. */
  #prefix = "";
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
    this.#queue = new Queue(this.#keep, client);
    this.#notices = new Notices(
      (edit) => this.edit(edit),
      () => this.#changed(),
    );
    this.#connection = new Connection(dial, timers, random, {
      opened: () => this.#opened(),
      heard: (text) => this.#heard(text),
      broke: (ended) => this.#broke(ended),
    });
    this.#queue.adopt();
    this.#connection.retry();
    // By then a page that ended without a word no longer counts as open.
    this.#callOff = timers.after(LOOK_AGAIN_MS, () => {
      if (this.#queue.adopt()) this.#connection.retry();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Hear of what changes beside the map's edits; "" after a while in which something may have been missed. */
  onNews(listener: (about: string) => void): () => void {
    this.#newsListeners.add(listener);
    return () => this.#newsListeners.delete(listener);
  }

  readonly getSnapshot = (): View => {
    this.#view ??= this.#viewed();
    return this.#view;
  };

  /** Make an edit. It is on the board at once; false, with a notice, where it cannot be made. */
  edit(edit: Edit): boolean {
    const { board } = this.#shown;
    if (!board || this.#ended) return false;
    return this.#make(knowing(board, edit), "edit") !== null;
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

  /** Ref of the card this person is at, "" for none. */
  get at(): string {
    return this.#at;
  }

  /** Tell the others at which card this person is. */
  presence(ref: string | null): void {
    if (this.#at === (ref ?? "")) return;
    this.#at = ref ?? "";
    if (this.#isHere) this.#connection.say({ say: "presence", at: this.#at });
  }

  /** The network is gone. */
  lost(): void {
    if (this.#isHere) this.#connection.renew();
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
    this.#callOff();
    this.#connection.close();
    this.#keep.leave();
    this.#isHere = false;
  }

  #make(edit: Edit, purpose: Purpose): Outcome | null {
    if (!this.#shown.board) return null;
    let done: Outcome;
    try {
      done = applyEdit(this.#shown.board, edit);
    } catch (error) {
      if (!(error instanceof EditRefused)) throw error;
      this.#notices.refused(edit, error.code, error.what);
      this.#changed();
      return null;
    }
    const one = this.#queue.add(withPlaces(edit, done.edit), purpose, this.#saved.epoch);
    this.#shown.put(one, done);
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
    const { client } = this.#world;
    const leftover = this.#queue.others;
    this.#connection.say({ client, leftover, ...this.#saved.hello() });
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
      this.#saved.board = null;
      this.#connection.renew();
    }
    this.#shown.renew(this.#saved, this.#queue.list);
    if (this.#isHere && this.#queue.list.length) this.#connection.expectAnswer();
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
      case "news":
        this.#tellNews(textAt(message, "about"));
        break;
    }
  }

  #hello(message: JsonObject): void {
    const { client } = this.#world;
    this.#shown.isStale = true;
    this.#forget(textAt(message, "epoch"));
    this.#prefix = textAt(message, "page").slice(0, -client.length);
    this.#role = textAt(message, "role");
    this.#lanes = listed(message, "lanes").filter((one) => typeof one === "string");
    this.#people.all(message.people);
    this.#saved.greeted(message, client);
    for (const one of listed(message, "edits")) if (isObject(one)) this.#edited(one);
    this.#isHere = true;
    if (this.#at) this.#connection.say({ say: "presence", at: this.#at });
    for (const one of this.#queue.list) this.#send(one);
    if (this.#hasTried) this.#tellNews("");
  }

  #tellNews(about: string): void {
    for (const listener of this.#newsListeners) listener(about);
  }

  /** Edits made in another past of the map are not sent; their author is told. */
  #forget(epoch: string): void {
    if (this.#saved.epoch && this.#saved.epoch !== epoch) this.#undo.clear();
    for (const one of this.#queue.takeStale(epoch)) {
      this.#notices.unplaced(one.edit, () => this.#queue.forget(one));
    }
  }

  #edited(message: JsonObject): void {
    const edit = this.#saved.edited(message);
    const own = this.#queue.of(message);
    // An own edit that took effect as it is shown, before all others that wait, changes nothing.
    const isFirst = own !== undefined && own === this.#queue.list[0];
    if (!isFirst || !this.#shown.isAsShown(own, edit)) this.#shown.isStale = true;
    if (!own) {
      this.#notices.others(edit, message.replaced, textAt(message, "by"));
      return;
    }
    this.#queue.settle(own);
    if (message.inverse !== undefined) this.#undo.saved(own, editOf(message.inverse));
    this.#notices.over(edit, message.replaced);
  }

  #denied(message: JsonObject): void {
    const own = this.#queue.of(message);
    if (!own) return;
    this.#shown.isStale = true;
    this.#queue.settle(own);
    this.#undo.denied(own);
    this.#notices.refused(own.edit, textAt(message, "code"), textAt(message, "why"));
  }

  #broke(ended: string): void {
    this.#isHere = false;
    this.#hasTried = true;
    this.#ended = ended;
    this.#people.all([]);
    this.#changed();
  }

  #changed(): void {
    this.#view = null;
    for (const listener of this.#listeners) listener();
  }

  #viewed(): View {
    return {
      board: this.#shown.board,
      state: this.#state(),
      ended: this.#ended,
      waiting: this.#queue.list.length,
      kept: this.#keep.isWhole,
      people: this.#people.list(this.#prefix),
      notices: this.#notices.list(),
      canUndo: this.#undo.canGoBack,
      canRedo: this.#undo.canGoForth,
      role: this.#role,
      lanes: this.#lanes,
      seq: this.#saved.seq,
    };
  }

  #state(): State {
    if (this.#ended) return "ended";
    if (this.#isHere) return this.#queue.list.length ? "saving" : "saved";
    return this.#hasTried ? "offline" : "connecting";
  }
}
