/** One page of a map that is played with: its line, clock and store are in the hands of the player. */

import type { Json } from "../../model/json.ts";
import type { Edit } from "../commands.ts";
import type { Ears, Timers } from "../connection.ts";
import type { Store } from "../keep.ts";
import { MapSession } from "../session.ts";
import type { Chance } from "./chance.ts";
import { someEdit } from "./someEdit.ts";

/** A clock that stands until it is moved. */
class PlayClock implements Timers {
  #now = 0;
  #alarms: { readonly at: number; readonly act: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(wait_ms: number, act: () => void): () => void {
    const alarm = { at: this.#now + wait_ms, act };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((one) => one !== alarm);
    };
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#alarms
        .filter((one) => one.at <= end)
        .reduce((first, one) => (one.at < first.at ? one : first), { at: end + 1, act() {} });
      if (due.at > end) break;
      this.#alarms = this.#alarms.filter((one) => one !== due);
      this.#now = due.at;
      due.act();
    }
    this.#now = end;
  }
}

/** What a browser keeps. */
class PlayStore implements Store {
  readonly #texts = new Map<string, string>();
  /** How many more texts there is room for. */
  room = Number.POSITIVE_INFINITY;

  keys(): readonly string[] {
    return [...this.#texts.keys()];
  }

  get(key: string): string | null {
    return this.#texts.get(key) ?? null;
  }

  set(key: string, text: string): void {
    if (!this.#texts.has(key) && this.#texts.size >= this.room) throw new Error("full");
    this.#texts.set(key, text);
  }

  remove(key: string): void {
    this.#texts.delete(key);
  }
}

export class PlayPage {
  readonly clock: PlayClock;
  readonly store: PlayStore;
  readonly chance: Chance;
  readonly #name: string;
  readonly #person: string;
  readonly #map: string;
  #loads = 0;
  #ears: Ears | null = null;
  /** What the page said since it was last asked. */
  #said: string[] = [];
  /** Whether the page hung up since it was last asked. */
  #hasHungUp = false;
  session: MapSession;
  /** Names of this page, one for each time it was loaded. */
  readonly clients: string[] = [];

  /** @param beside Another page of the same person in the same browser. */
  constructor(map: string, name: string, chance: Chance, beside?: PlayPage) {
    this.#map = map;
    this.#name = name;
    this.#person = beside ? beside.#person : name;
    this.chance = chance;
    this.store = beside?.store ?? new PlayStore();
    this.clock = beside?.clock ?? new PlayClock();
    this.session = this.#load();
  }

  /** The page is loaded anew; what it kept is still there. */
  reload(): void {
    this.session.close();
    this.session = this.#load();
  }

  /** The line is open at last. */
  open(): void {
    if (!this.#ears) this.session.retry();
    this.#ears?.opened();
  }

  /** The page hears a frame of the server. */
  hear(text: string): void {
    this.#ears?.heard(text);
  }

  /** The line breaks. */
  drop(code = 1006, why = ""): void {
    const ears = this.#ears;
    this.#ears = null;
    ears?.closed(code, why);
  }

  /** The person does something. */
  act(): void {
    const { board, canUndo, canRedo } = this.session.getSnapshot();
    const which = this.chance.below(10);
    if (which < 2 && canUndo) this.session.undo();
    else if (which < 3 && canRedo) this.session.redo();
    else if (board) this.session.edit(someEdit(board, this.chance));
    for (const notice of this.session.getSnapshot().notices) {
      if (this.chance.below(4)) notice.dismiss();
      else notice.bringBack();
    }
  }

  edit(edit: Edit): boolean {
    return this.session.edit(edit);
  }

  /** What the page said, and whether it hung up, since the last time. */
  told(): { readonly said: readonly string[]; readonly hung: boolean } {
    const told = { said: this.#said, hung: this.#hasHungUp };
    this.#said = [];
    this.#hasHungUp = false;
    return told;
  }

  look(): Json {
    const { board, state, waiting, seq, notices } = this.session.getSnapshot();
    return {
      board: board?.toData() ?? null,
      state,
      waiting,
      seq,
      clients: this.clients,
      notices: notices.map((one) => one.kind),
      kept: this.store.keys().filter((key) => !key.endsWith("/alive")).length,
    };
  }

  #load(): MapSession {
    this.#loads += 1;
    const client = `${this.#name}.${this.#loads}`;
    this.clients.push(client);
    const { clock, store, chance } = this;
    return new MapSession({
      map: this.#map,
      person: this.#person,
      client,
      store,
      timers: clock,
      random: chance.next,
      dial: (ears) => {
        this.#ears = ears;
        return {
          say: (text) => this.#said.push(text),
          close: () => {
            if (this.#ears !== ears) return;
            this.#ears = null;
            this.#hasHungUp = true;
          },
        };
      },
    });
  }
}
