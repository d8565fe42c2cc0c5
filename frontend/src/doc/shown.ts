/** The map as a page shows it: what the server has, with the own edits on top that wait. */

import { same } from "../model/json.ts";
import { applyEdit, type Outcome } from "./apply.ts";
import type { Board } from "./board.ts";
import type { Edit } from "./commands.ts";
import type { Waiting } from "./keep.ts";
import { EditRefused } from "./refused.ts";
import type { Saved } from "./saved.ts";

export class Shown {
  board: Board | null = null;
  /** Whether what was heard may change what is shown. */
  isStale = false;
  /** What each waiting edit did to it. */
  readonly #effects = new WeakMap<Waiting, Edit>();

  /** An own edit, made on top of all others. */
  put(one: Waiting, done: Outcome): void {
    this.board = done.board;
    this.#effects.set(one, done.edit);
  }

  /** Whether an edit took effect as it is shown. */
  isAsShown(one: Waiting, edit: Edit): boolean {
    return same(this.#effects.get(one), edit);
  }

  /** Put the own edits on top again; those the server has already, but not answered, are in it. */
  renew(saved: Saved, waiting: readonly Waiting[]): void {
    if (!this.isStale || !saved.board) return;
    let { board } = saved;
    for (const one of waiting) {
      this.#effects.delete(one);
      if (saved.has(one)) continue;
      try {
        const done = applyEdit(board, one.edit);
        board = done.board;
        this.#effects.set(one, done.edit);
      } catch (error) {
        if (!(error instanceof EditRefused)) throw error;
      }
    }
    this.board = board;
    this.isStale = false;
  }
}
