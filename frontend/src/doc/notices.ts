/** What a person should know of: refused edits, and values that were written over. */

import { isList, isObject, type Json, same, textAt } from "../model/json.ts";
import { forced, restored } from "./again.ts";
import type { Replaced } from "./apply.ts";
import type { Edit } from "./commands.ts";
import type { Notice } from "./view.ts";

const MOST = 100;

type Facts = Omit<Notice, "id" | "edit" | "bringBack" | "dismiss">;

export class Notices {
  readonly #make: (edit: Edit) => void;
  readonly #changed: () => void;
  /** Last own value of each field. */
  readonly #mine = new Map<string, Json>();
  #list: readonly Notice[] = [];
  #count = 0;

  constructor(make: (edit: Edit) => void, changed: () => void) {
    this.#make = make;
    this.#changed = changed;
  }

  list(): readonly Notice[] {
    return this.#list;
  }

  /** An own edit was made. */
  wrote(edit: Edit): void {
    for (const one of singles(edit)) {
      if (one.do === "change") this.#mine.set(`${one.ref}\n${one.field}`, one.value ?? null);
    }
  }

  /** An own edit was not made. */
  refused(edit: Edit, code: string, why: string): void {
    this.#put({ ...about(edit), kind: "refused", code, why }, edit, forced(edit));
  }

  /** An own edit belongs to another past of the map; it is kept until somebody has read this. */
  unplaced(edit: Edit, forget: () => void): void {
    this.#put({ ...about(edit), kind: "unplaced" }, edit, forced(edit), forget);
  }

  /** An own edit wrote over values of others. */
  over(edit: Edit, replaced: Json | undefined): void {
    for (const one of replacedOf(replaced)) {
      this.#put({ ...about(edit), ...one, kind: "wrote_over" }, edit, restored(one));
    }
  }

  /** Somebody else's edit wrote over values, perhaps own ones. */
  others(edit: Edit, replaced: Json | undefined, by: string): void {
    for (const one of replacedOf(replaced)) {
      const key = `${one.ref}\n${one.field}`;
      if (!same(this.#mine.get(key), one.lost)) continue;
      this.#mine.delete(key);
      this.#put({ ...about(edit), ...one, by, kind: "written_over" }, edit, restored(one));
    }
  }

  #put(facts: Facts, edit: Edit, back: Edit, forget = () => {}): void {
    this.#count += 1;
    const id = this.#count;
    const dismiss = () => {
      this.#list = this.#list.filter((one) => one.id !== id);
      forget();
      this.#changed();
    };
    const bringBack = () => {
      dismiss();
      this.#make(back);
    };
    this.#list = [...this.#list, { ...facts, id, edit, bringBack, dismiss }].slice(-MOST);
  }
}

function about(edit: Edit): Facts {
  const ref = edit.do === "together" ? "" : edit.ref;
  const field = edit.do === "change" ? edit.field : "";
  const now = edit.do === "change" ? (edit.value ?? null) : null;
  return { kind: "refused", ref, field, by: "", lost: null, now, code: "", why: "" };
}

function singles(edit: Edit): Edit[] {
  return edit.do === "together" ? edit.edits.flatMap(singles) : [edit];
}

function replacedOf(data: Json | undefined): Replaced[] {
  return (isList(data) ? data : []).filter(isObject).map((one) => ({
    ref: textAt(one, "ref"),
    field: textAt(one, "field"),
    lost: one.lost ?? null,
    now: one.now ?? null,
  }));
}
