/** A line to the server that is dialed again whenever it breaks. Knows no edits. */

/** What a line tells. */
export interface Ears {
  opened(): void;
  heard(text: string): void;
  closed(code: number, why: string): void;
}

/** An open or opening line, such as a WebSocket. */
export interface Line {
  say(text: string): void;
  close(): void;
}

/** Begins a line; nothing is told before it returns. */
export type Dial = (ears: Ears) => Line;

/** Clock and alarms. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Do something later; what is returned calls it off. */
  after(wait_ms: number, act: () => void): () => void;
}

/** Those of the browser. */
export const TIMERS: Timers = {
  now: () => Date.now(),
  after(wait_ms, act) {
    const alarm = setTimeout(act, wait_ms);
    return () => clearTimeout(alarm);
  },
};

/** Who a connection works for. */
export interface Owner {
  opened(): void;
  heard(text: string): void;
  /** The line broke; it is dialed again unless it was ended, then with why. */
  broke(ended: string): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const ANSWER_WITHIN_MS = 10_000;
// Close codes of the server after which coming back is of no use.
const NOT_ALLOWED = 4001;
const NO_MAP = 4004;
const LET_GO = 4010;

export class Connection {
  readonly #dial: Dial;
  readonly #timers: Timers;
  readonly #random: () => number;
  readonly #owner: Owner;
  #line: Line | null = null;
  #isOpen = false;
  #tries = 0;
  #callOff: () => void = () => {};
  #giveUp: (() => void) | null = null;

  constructor(dial: Dial, timers: Timers, random: () => number, owner: Owner) {
    this.#dial = dial;
    this.#timers = timers;
    this.#random = random;
    this.#owner = owner;
  }

  /** Dial now, whatever was before. */
  retry(): void {
    this.#drop();
    const ears: Ears = {
      opened: () => {
        if (this.#line !== line) return;
        this.#isOpen = true;
        this.#owner.opened();
      },
      heard: (text) => {
        if (this.#line !== line) return;
        this.#tries = 0;
        this.answered();
        this.#owner.heard(text);
      },
      closed: (code, why) => {
        if (this.#line === line) this.#broke(endOf(code, why));
      },
    };
    const line = this.#dial(ears);
    this.#line = line;
    this.expectAnswer();
  }

  /** Dial now if it is not connected. */
  wake(): void {
    if (!this.#isOpen) this.retry();
  }

  say(data: unknown): void {
    if (this.#isOpen) this.#line?.say(JSON.stringify(data));
  }

  /** Something must be heard soon, or the line counts as broken: it may be open at one end only. */
  expectAnswer(): void {
    this.#giveUp ??= this.#timers.after(ANSWER_WITHIN_MS, () => this.#broke(""));
  }

  /** Something was heard. */
  answered(): void {
    this.#giveUp?.();
    this.#giveUp = null;
  }

  /** Hang up and dial again soon. */
  renew(): void {
    this.#broke("");
  }

  /** Hang up for good. */
  close(): void {
    this.#drop();
  }

  #broke(ended: string): void {
    this.#drop();
    if (!ended) {
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#tries);
      this.#tries += 1;
      // Not all pages of a server that restarts come at the same moment.
      this.#callOff = this.#timers.after(wait * (0.5 + this.#random() / 2), () => this.retry());
    }
    this.#owner.broke(ended);
  }

  #drop(): void {
    this.#callOff();
    this.#callOff = () => {};
    this.answered();
    const line = this.#line;
    this.#line = null;
    this.#isOpen = false;
    line?.close();
  }
}

/** Why a line need not be dialed again; "" where it should. */
function endOf(code: number, why: string): string {
  if (code === NO_MAP) return "no_map";
  if (code === NOT_ALLOWED) return "not_allowed";
  return code === LET_GO && why === "ended" ? why : "";
}
