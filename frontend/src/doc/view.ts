/** What a person sees of a map that several people edit. */

import type { Json } from "../model/json.ts";
import type { Board } from "./board.ts";
import type { Edit } from "./commands.ts";

/**
 * How it stands with the server. `saved` is said only when everything of this page is on its disk;
 * `ended` when this person may not come back by themselves.
 */
export type State = "connecting" | "saved" | "saving" | "offline" | "ended";

/** Somebody else who has the map open. */
export interface Person {
  readonly name: string;
  /** 0 to 7, the same on every page. */
  readonly color: number;
  /** Ref of the card they are at, "" where they did not say. */
  readonly at: string;
}

/**
 * Something a person should know of.
 *
 * - `refused`: an own edit that was not made, with `code` and `why`.
 * - `wrote_over`: an own edit stands where somebody else's value (`lost`) was.
 * - `written_over`: somebody else's value (`now`) stands where an own one (`lost`) was.
 * - `unplaced`: an own edit made before the map was replaced by another state of it.
 */
export interface Notice {
  readonly id: number;
  readonly kind: "refused" | "wrote_over" | "written_over" | "unplaced";
  /** Card and field it is about, "" where it is about several. */
  readonly ref: string;
  readonly field: string;
  /** Who else, "" where nobody or not known. */
  readonly by: string;
  readonly lost: Json;
  readonly now: Json;
  readonly code: string;
  readonly why: string;
  /** The edit it is about. */
  readonly edit: Edit;
  /** Make what was lost stand again, or try the edit again; the notice goes. */
  bringBack(): void;
  /** It has been read; the notice goes. */
  dismiss(): void;
}

/** Everything a screen draws of a map. The same object until something changes. */
export interface View {
  /** The map with own edits on top; null until it was heard. */
  readonly board: Board | null;
  readonly state: State;
  /** Why it ended: `no_map`, `not_allowed`, `ended` (a right); "" where it did not. */
  readonly ended: string;
  /** Own edits that are not known to be saved. */
  readonly waiting: number;
  /** Whether waiting edits would outlive a reload of this page. */
  readonly kept: boolean;
  readonly people: readonly Person[];
  readonly notices: readonly Notice[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What this person may do, "" until it was heard. */
  readonly role: string;
  /** Lanes this person may edit; none for all. */
  readonly lanes: readonly string[];
  /** Number of the last edit that is known to be saved. */
  readonly seq: number;
}
