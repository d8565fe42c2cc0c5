/** What one person sees of the board beside the map itself: where they stand, what they write, what is open. */
import type { Edit } from "../doc/commands.ts";
import type { View } from "../doc/view.ts";

/** What is being written. */
export type Writing =
  | { what: "field"; ref: string; field: "text" | "name" }
  | { what: "statement"; at: string; lane: string; after: string }
  | { what: "step"; stage: string; after: string }
  | { what: "stage"; after: string };

/** A question that is open. */
export type Question =
  | { ask: "keys" }
  | { ask: "lanes" }
  | { ask: "touchpoints"; step: string }
  | { ask: "move"; ref: string }
  | { ask: "split"; ref: string }
  | { ask: "paste"; text: string; html: string };

/** Something to tell: on the screen and to screen readers. */
export type News =
  | { news: "gone"; ref: string }
  | { news: "moved"; ref: string; at: string; lane: string }
  | { news: "copied"; ref: string }
  | { news: "added"; ref: string }
  | { news: "split"; ref: string }
  | { news: "merged"; ref: string }
  | { news: "score"; ref: string; score: number }
  | { news: "picture"; ref: string }
  | { news: "no_picture"; ref: string }
  | { news: "undone" }
  | { news: "redone" }
  | { news: "nowhere" }
  | { news: "edge" }
  | { news: "reading" };

export interface Look {
  /** Spot the keyboard stands on. */
  readonly focus: string;
  /** Other corner of what is marked, "" for none. */
  readonly anchor: string;
  /** Counts up when the browser's own focus shall go to the spot. */
  readonly grab: number;
  readonly writing: Writing | null;
  readonly question: Question | null;
  readonly isPanelOpen: boolean;
  /** Card the details show instead of the one stood on, "" for none. */
  readonly shown: string;
  /** 1 is full size; 0 fits the width. */
  readonly zoom: number;
  /** Persona whose curve is drawn by hand, "" for everybody. */
  readonly persona: string;
  readonly hidden: ReadonlySet<string>;
}

export const FIRST_LOOK: Look = {
  focus: "",
  anchor: "",
  grab: 0,
  writing: null,
  question: null,
  isPanelOpen: false,
  shown: "",
  zoom: 1,
  persona: "",
  hidden: new Set(),
};

/** The part of a session the board needs. */
export interface Desk {
  subscribe(listener: () => void): () => void;
  getSnapshot(): View;
  /** False, with a notice, where it cannot be made. */
  edit(edit: Edit): boolean;
  undo(): void;
  redo(): void;
  presence(ref: string | null): void;
}

const ZOOMS = [0.2, 0.3, 0.4, 0.5, 0.65, 0.8, 1, 1.25, 1.5, 2] as const;

/** The next size up or down. */
export function zoomed(zoom: number, by: "in" | "out"): number {
  if (by === "in") return ZOOMS.find((one) => one > zoom + 0.01) ?? 2;
  return ZOOMS.findLast((one) => one < zoom - 0.01) ?? ZOOMS[0];
}
