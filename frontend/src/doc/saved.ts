/** The map as the server has it: every edit it has told, in its order. */

import { isList, isObject, type Json, type JsonObject, textAt } from "../model/json.ts";
import { applyEdit } from "./apply.ts";
import { Board } from "./board.ts";
import { type Edit, editOf } from "./commands.ts";
import type { Waiting } from "./keep.ts";

export class Saved {
  /** Null until it was heard, or where what was heard does not follow from it. */
  board: Board | null = null;
  /** Number of its last edit. */
  seq = 0;
  /** Name of its past: another one where that was replaced. */
  epoch = "";
  /** Of each page of this person: number of its last edit that the server had at hello. */
  #known = new Map<string, number>();

  /** What the server should know of it when the page comes back. */
  hello(): JsonObject {
    return this.board ? { epoch: this.epoch, seq: this.seq } : {};
  }

  /** The server said hello with the whole map; what was missed else is taken by `edited`. */
  greeted(message: JsonObject, client: string): void {
    if (message.board !== undefined) {
      this.board = Board.fromData(message.board);
      this.seq = numberOf(message.seq);
    }
    this.epoch = textAt(message, "epoch");
    const leftover = isObject(message.leftover) ? message.leftover : {};
    const known = Object.entries(leftover).map(([name, n]) => [name, numberOf(n)] as const);
    this.#known = new Map([...known, [client, numberOf(message.sent)]]);
  }

  /**
   * The edit of a message, put on top where it is new.
   *
   * @throws TypeError where one before it was left out.
   */
  edited(message: JsonObject): Edit {
    const seq = numberOf(message.seq);
    const edit = editOf(message.edit);
    if (seq > this.seq) {
      if (seq !== this.seq + 1 || !this.board) throw new TypeError("an edit was left out");
      this.board = applyEdit(this.board, edit).board;
      this.seq = seq;
    }
    return edit;
  }

  /** Whether the server had an edit at hello, so that it is in the map although not answered. */
  has({ client, n }: Waiting): boolean {
    return n <= (this.#known.get(client) ?? 0);
  }
}

/** What a message lists under a key. */
export function listed(message: JsonObject, key: string): readonly Json[] {
  const list = message[key];
  return isList(list) ? list : [];
}

function numberOf(value: Json | undefined): number {
  return typeof value === "number" ? value : 0;
}
