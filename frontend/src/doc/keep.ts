/** Edits kept in the browser until the server has them, so that a reload or a day offline loses none. */

import { isObject, parsed, textAt } from "../model/json.ts";
import { type Edit, isEdit } from "./commands.ts";
import type { Timers } from "./connection.ts";

/** Texts by keys that outlive the page: `localStorage`, or what stands for it in tests. */
export interface Store {
  keys(): readonly string[];
  get(key: string): string | null;
  /** May throw where there is no room. */
  set(key: string, text: string): void;
  remove(key: string): void;
}

/** What an edit is to its author. */
export type Purpose = "edit" | "undo" | "redo";

/** An own edit that is not known to be saved. */
export interface Waiting {
  /** Page that made it, and its number there: sent again, it is the same edit. */
  readonly client: string;
  readonly n: number;
  readonly edit: Edit;
  readonly purpose: Purpose;
  /** Past of the map it was made in, "" if it was not known. */
  readonly epoch: string;
}

const ROOT = "desirepath/edits";
const ALIVE = "alive";
const BEAT_MS = 5_000;
const DEAD_AFTER_MS = 3 * BEAT_MS;

/** The edits of one person and map that wait, those of their other pages included. */
export class Keep {
  readonly #store: Store;
  readonly #timers: Timers;
  readonly #root: string;
  readonly #client: string;
  /** Own edits that are kept, and those the browser had no room for. */
  readonly #kept = new Set<number>();
  readonly #homeless = new Set<number>();
  #stop: () => void = () => {};

  constructor(store: Store, timers: Timers, person: string, map: string, client: string) {
    this.#store = store;
    this.#timers = timers;
    this.#root = `${[ROOT, person, map].map(encodeURIComponent).join("/")}/`;
    this.#client = client;
  }

  /** False where the browser had no room, or lets nothing be kept. */
  get isWhole(): boolean {
    return this.#homeless.size === 0;
  }

  /** Keep an edit of this page. */
  add({ n, edit, purpose, epoch }: Waiting): void {
    const text = JSON.stringify({ n, edit, purpose, epoch });
    const isKept = this.#set(this.#key(this.#client, String(n)), text);
    (isKept ? this.#kept : this.#homeless).add(n);
    if (isKept && this.#kept.size === 1) this.#beat();
  }

  /** The server has an edit, or its author was told of it. */
  remove(client: string, n: number): void {
    this.#store.remove(this.#key(client, String(n)));
    if (client !== this.#client) return;
    this.#homeless.delete(n);
    if (this.#kept.delete(n) && !this.#kept.size) this.leave();
  }

  /** Edits of pages of this person that are closed, each page's in its order. */
  leftovers(): Waiting[] {
    const found: Waiting[] = [];
    const now = this.#timers.now();
    for (const key of this.#store.keys()) {
      if (!key.startsWith(this.#root)) continue;
      const [name = "", last = ""] = key.slice(this.#root.length).split("/");
      const client = decodeURIComponent(name);
      if (client === this.#client) continue;
      const isAlive = Number(this.#store.get(this.#key(client, ALIVE))) > now;
      if (isAlive) continue;
      if (last === ALIVE) this.#store.remove(key);
      const one = last === ALIVE ? null : waitingOf(client, this.#store.get(key) ?? "");
      if (one) found.push(one);
    }
    return found.sort((a, b) => (a.client < b.client ? -1 : a.client > b.client ? 1 : a.n - b.n));
  }

  /** This page is closing: another may take over at once. */
  leave(): void {
    this.#stop();
    this.#store.remove(this.#key(this.#client, ALIVE));
  }

  #beat(): void {
    this.#stop();
    this.#set(this.#key(this.#client, ALIVE), String(this.#timers.now() + DEAD_AFTER_MS));
    this.#stop = this.#timers.after(BEAT_MS, () => this.#beat());
  }

  #key(client: string, last: string): string {
    return `${this.#root}${encodeURIComponent(client)}/${last}`;
  }

  #set(key: string, text: string): boolean {
    try {
      this.#store.set(key, text);
      return true;
    } catch {
      return false;
    }
  }
}

function waitingOf(client: string, text: string): Waiting | null {
  const data = parsed(text);
  if (!isObject(data) || typeof data.n !== "number" || !isEdit(data.edit)) return null;
  const purpose = data.purpose === "undo" || data.purpose === "redo" ? data.purpose : "edit";
  return { client, n: data.n, edit: data.edit, purpose, epoch: textAt(data, "epoch") };
}
