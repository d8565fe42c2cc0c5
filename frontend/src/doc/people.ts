/** Who else has the map open. */

import { isList, isObject, type Json, textAt } from "../model/json.ts";
import type { Person } from "./view.ts";

const COLORS = 8;
const { compare } = new Intl.Collator(undefined, { numeric: true });

/** Pages of others by their names. */
export class People {
  readonly #pages = new Map<string, { readonly who: string; readonly at: string }>();

  /** Everyone who is here, as the server says it to somebody who comes. */
  all(list: Json | undefined): void {
    this.#pages.clear();
    if (isList(list)) for (const one of list) this.here(one);
  }

  /** Somebody came, or is at another card. */
  here(data: Json): void {
    if (!isObject(data)) return;
    const page = textAt(data, "page");
    if (page) this.#pages.set(page, { who: textAt(data, "who"), at: textAt(data, "at") });
  }

  /** Somebody left. */
  left(page: string): void {
    this.#pages.delete(page);
  }

  /** Each person once, by name; pages that begin with a prefix are one's own. */
  list(own: string): readonly Person[] {
    const found = new Map<string, Person>();
    for (const [page, { who, at }] of this.#pages) {
      if (own && page.startsWith(own)) continue;
      const known = found.get(who);
      found.set(who, { name: who, color: colorOf(who), at: at || known?.at || "" });
    }
    return [...found.values()].sort((one, other) => compare(one.name, other.name));
  }
}

/** Number of the color of a person, the same on every page. */
export function colorOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521;
  return sum % COLORS;
}
