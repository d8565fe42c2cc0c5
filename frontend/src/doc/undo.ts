/** What one person may take back on this page, and make once more. */

import type { Edit } from "./commands.ts";
import type { Waiting } from "./keep.ts";
import { keyOf } from "./queue.ts";

interface Entry {
  /** The own edit it takes back. */
  readonly of: string;
  readonly inverse: Edit;
}

const MOST = 500;

export class Undo {
  #back: Entry[] = [];
  #forth: Entry[] = [];

  get canGoBack(): boolean {
    return this.#back.length > 0;
  }

  get canGoForth(): boolean {
    return this.#forth.length > 0;
  }

  /** The edit that takes back the last one. */
  back(): Edit | undefined {
    return this.#back.pop()?.inverse;
  }

  /** The edit that makes the one taken back last once more. */
  forth(): Edit | undefined {
    return this.#forth.pop()?.inverse;
  }

  /** An own edit was made; its inverse as this page sees it. */
  made(one: Waiting, inverse: Edit): void {
    const entry = { of: keyOf(one), inverse };
    if (one.purpose === "undo") this.#forth.push(entry);
    else this.#back.push(entry);
    if (one.purpose === "edit") this.#forth = [];
    if (this.#back.length > MOST) this.#back.shift();
  }

  /** The server has it, with the inverse as it took effect there. */
  saved(one: Waiting, inverse: Edit): void {
    const of = keyOf(one);
    const exact = (entry: Entry) => (entry.of === of ? { of, inverse } : entry);
    this.#back = this.#back.map(exact);
    this.#forth = this.#forth.map(exact);
  }

  /** The server refused it: there is nothing to take back. */
  denied(one: Waiting): void {
    const of = keyOf(one);
    this.#back = this.#back.filter((entry) => entry.of !== of);
    this.#forth = this.#forth.filter((entry) => entry.of !== of);
  }

  clear(): void {
    this.#back = [];
    this.#forth = [];
  }
}
