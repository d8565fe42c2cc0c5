/** The evidence of one map as one person looks at it: which way, of whom, and what was answered. */
import { Refused } from "../../api/client.ts";
import type { CheckedGroupSaid, VerdictsSaid } from "../../api/types/index.ts";
import type { Board, Card } from "../../doc/board.ts";
import type { Shelf } from "../hidden.ts";
import { type CardMark, Judged, MODES, type Mode } from "./judged.ts";

/** Whose evidence is looked at; "" for everybody and for the whole window. */
export interface Whose {
  /** `name=value` or `persona=ID`. */
  readonly segment: string;
  /** `FROM..TO`. */
  readonly window: string;
}

/** A card whose evidence is shown: in passing, or opened to be read. */
export interface Looked {
  readonly ref: string;
  readonly isOpened: boolean;
}

export interface EvidenceLook {
  readonly mode: Mode;
  readonly whose: Whose;
  /** Of whom the shown marks are; another one than `whose` while that is asked for. */
  readonly judged: Judged | null;
  readonly isAsking: boolean;
  /** Whose evidence could not be loaded, null where nothing is missing. */
  readonly failed: Whose | null;
  /** Whether that is because the newest check does not have them apart. */
  readonly isGone: boolean;
  /** Whether "Not on your map" is open. */
  readonly isTrayOpen: boolean;
  /** Name of what stands out in it, "" for none. */
  readonly missing: string;
  readonly looked: Looked | null;
}

/** The part of a session that tells how far the map is. */
export interface Seen {
  readonly board: Board | null;
  readonly seq: number;
  readonly waiting: number;
}

/** Asks the server for the verdicts of somebody. */
export type AskVerdicts = (whose: Whose) => Promise<VerdictsSaid>;

export const EVERYBODY: Whose = { segment: "", window: "" };
const MOST_KEPT = 24;
/** What the server says where nobody judged a group apart. */
const NO_SUCH_GROUP = "E719";

export class EvidenceDesk {
  readonly #ask: AskVerdicts;
  readonly #seen: () => Seen;
  readonly #shelf: Shelf;
  readonly #key: string;
  readonly #listeners = new Set<() => void>();
  readonly #kept = new Map<string, Judged>();
  #count = 0;
  #look: EvidenceLook;

  constructor(map: string, ask: AskVerdicts, seen: () => Seen, shelf: Shelf) {
    this.#ask = ask;
    this.#seen = seen;
    this.#shelf = shelf;
    this.#key = `desirepath evidence ${map}`;
    this.#look = {
      mode: this.#readMode(),
      whose: EVERYBODY,
      judged: null,
      isAsking: false,
      failed: null,
      isGone: false,
      isTrayOpen: false,
      missing: "",
      looked: null,
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  getSnapshot = (): EvidenceLook => this.#look;

  set(change: Partial<EvidenceLook>): void {
    this.#look = { ...this.#look, ...change };
    for (const one of this.#listeners) one();
  }

  /** Whether what was measured is shown below the steps. */
  get hasMet(): boolean {
    const { mode, judged } = this.#look;
    return mode !== "belief" && judged !== null && judged.isChecked;
  }

  /** What a card is marked with where marks are shown, null else. */
  markOf(card: Card): CardMark | null {
    const { mode, judged } = this.#look;
    return mode === "belief" ? null : (judged?.of(card) ?? null);
  }

  read(mode: Mode): void {
    try {
      this.#shelf.setItem(this.#key, mode);
    } catch {
      // kept for this page only
    }
    this.set({ mode, looked: null });
  }

  /** Look at somebody's evidence; the marks stay until it is there. */
  choose(whose: Whose): void {
    this.set({ failed: null });
    this.#show(whose);
  }

  /** Show "Not on your map", with what stands out in it. */
  showMissing(name: string): void {
    const { mode } = this.#look;
    this.set({ isTrayOpen: true, missing: name, mode: mode === "belief" ? "evidence" : mode });
  }

  /** Ask anew: there is another check, or the map has changed. What was opened stays open. */
  again(): void {
    this.#kept.clear();
    this.set({ failed: null });
    void this.#fetch();
  }

  /** Whether the shown marks were compared with an older state of the map. */
  isBehind(): boolean {
    const { seq, waiting } = this.#seen();
    const told = this.#look.judged?.said.seq;
    return told !== undefined && waiting === 0 && seq > told;
  }

  #show(whose: Whose): void {
    const known = this.#kept.get(keyOf(whose));
    this.set(known ? { whose, judged: known, isAsking: false } : { whose });
    if (!known) void this.#fetch();
    else this.#count += 1; // what is still asked for is wanted no longer
  }

  async #fetch(): Promise<void> {
    this.#count += 1;
    const count = this.#count;
    const { whose } = this.#look;
    this.set({ isAsking: true });
    try {
      const said = await this.#ask(whose);
      if (count !== this.#count) return;
      const judged = new Judged(said, this.#seen().board, this.#look.judged);
      this.#keep(keyOf(whose), judged);
      this.set({ judged, isAsking: false });
    } catch (error) {
      if (count !== this.#count) return;
      const isGone = error instanceof Refused && error.code === NO_SUCH_GROUP;
      this.set({ isAsking: false, failed: whose, isGone });
      // a group may be gone with the check it was of
      if (!isEverybody(whose)) this.#show(EVERYBODY);
    }
  }

  #keep(key: string, judged: Judged): void {
    this.#kept.set(key, judged);
    const [first] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && first !== undefined) this.#kept.delete(first);
  }

  #readMode(): Mode {
    try {
      const kept = this.#shelf.getItem(this.#key);
      return MODES.find((one) => one === kept) ?? "belief";
    } catch {
      return "belief";
    }
  }
}

/** Whether nobody is left out. */
export function isEverybody({ segment, window }: Whose): boolean {
  return segment === "" && window === "";
}

function keyOf({ segment, window }: Whose): string {
  return `${segment}\n${window}`;
}

/** The window of a group as it is asked for, "" for the whole. */
function windowOf(group: CheckedGroupSaid): string {
  return group.window_from ? `${group.window_from}..${group.window_to}` : "";
}

/** Segments and windows that can be chosen, each once. */
export function choicesOf(groups: readonly CheckedGroupSaid[]): {
  readonly segments: readonly string[];
  readonly windows: readonly string[];
} {
  const segments = new Set(groups.map((one) => one.segment).filter((one) => one !== ""));
  const windows = new Set(groups.map(windowOf).filter((one) => one !== ""));
  return { segments: [...segments], windows: [...windows].sort() };
}

/** Whether a segment and a window were judged together. */
export function isThere(groups: readonly CheckedGroupSaid[], whose: Whose): boolean {
  if (isEverybody(whose)) return true;
  return groups.some((one) => one.segment === whose.segment && windowOf(one) === whose.window);
}
