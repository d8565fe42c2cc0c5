/** A text box bound to a field of a card: what is typed is sent in pauses, what others type is merged in. */

import { valueAt } from "./apply.ts";
import type { Change } from "./commands.ts";
import type { Timers } from "./connection.ts";
import { mergeTexts, movedPlace } from "./threeWay.ts";
import type { View } from "./view.ts";

const PAUSE_MS = 400;

/** What a text box works on: a session, or what stands for one. */
export interface Editable {
  subscribe(listener: () => void): () => void;
  getSnapshot(): View;
  edit(edit: Change): boolean;
}

/** What a text box shows. The same object until something changes. */
export interface Typed {
  readonly text: string;
  /** Where the selection begins and ends, after others' words moved it; null to leave it alone. */
  readonly selection: readonly [number, number] | null;
  /** Whether something is typed that was not sent yet. */
  readonly isOpen: boolean;
}

export class Typing {
  readonly #session: Editable;
  readonly #ref: string;
  readonly #field: string;
  readonly #timers: Timers;
  readonly #listeners = new Set<() => void>();
  readonly #stop: () => void;
  /** The text both sides agree on: what was typed began with it. */
  #base: string;
  #text: string;
  #caret: readonly [number, number] = [0, 0];
  #selection: readonly [number, number] | null = null;
  #isComposing = false;
  /** Text of others that touches the same words: it stays to be told when the own one is sent. */
  #disputed: string | null = null;
  #callOff: () => void = () => {};
  #typed: Typed | null = null;

  constructor(session: Editable, ref: string, field: string, timers: Timers) {
    this.#session = session;
    this.#ref = ref;
    this.#field = field;
    this.#timers = timers;
    this.#base = this.#there();
    this.#text = this.#base;
    this.#stop = session.subscribe(() => this.#follow());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): Typed => {
    this.#typed ??= {
      text: this.#text,
      selection: this.#selection,
      isOpen: this.#text !== this.#base,
    };
    return this.#typed;
  };

  /** The person typed: the whole text, and where the selection is now. */
  type(text: string, start = text.length, end = start): void {
    this.#text = text;
    this.#caret = [start, end];
    this.#selection = null;
    this.#callOff();
    if (!this.#isComposing) this.#callOff = this.#timers.after(PAUSE_MS, () => this.send());
    this.#changed();
  }

  /** The selection moved without typing. */
  select(start: number, end: number): void {
    this.#caret = [start, end];
  }

  /** An input method begins to compose a word: nothing is sent and nothing changes under it. */
  compose(): void {
    this.#isComposing = true;
    this.#callOff();
  }

  /** The word is composed. */
  composed(text: string, start = text.length, end = start): void {
    this.#isComposing = false;
    this.type(text, start, end);
    this.#follow();
  }

  /** Send what is typed now: on a pause, or when the box is left. */
  send(): void {
    this.#callOff();
    if (this.#isComposing || this.#text === this.#base) return;
    const text = this.#text;
    const isFirst = this.#base === "" && this.#value() === null;
    const change: Change = {
      do: "change",
      ref: this.#ref,
      field: this.#field,
      value: text || null,
      was: isFirst ? null : this.#base,
    };
    // Before it is sent, so that its own echo is not taken for somebody else's text.
    this.#base = text;
    this.#disputed = null;
    if (!this.#session.edit(change)) this.#text = this.#there();
    this.#follow();
    this.#changed();
  }

  /** Forget what was typed since the last pause. */
  cancel(): void {
    this.#callOff();
    this.#isComposing = false;
    this.#base = this.#there();
    this.#text = this.#base;
    this.#selection = null;
    this.#changed();
  }

  /** The box goes: what is typed is sent. */
  close(): void {
    this.#isComposing = false;
    this.send();
    this.#stop();
    this.#listeners.clear();
  }

  #follow(): void {
    if (this.#isComposing) return;
    const there = this.#there();
    if (there === this.#base || there === this.#disputed) return;
    const merged = this.#text === this.#base ? there : mergeTexts(this.#base, this.#text, there);
    if (merged === null) {
      this.#disputed = there;
      return;
    }
    const [start, end] = this.#caret;
    this.#caret = [movedPlace(this.#text, merged, start), movedPlace(this.#text, merged, end)];
    this.#selection = this.#caret;
    this.#text = merged;
    this.#base = there;
    this.#disputed = null;
    this.#changed();
  }

  #there(): string {
    const value = this.#value();
    return typeof value === "string" ? value : "";
  }

  #value() {
    const card = this.#session.getSnapshot().board?.find(this.#ref);
    return card ? valueAt(card.fields, this.#field) : null;
  }

  #changed(): void {
    this.#typed = null;
    for (const listener of this.#listeners) listener();
  }
}
