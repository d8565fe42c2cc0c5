import type { ShelvedSaid } from "../../api/types/index.ts";

/** A map on the shelf, as the server tells it. */
export type ShelfMap = ShelvedSaid;

export const STATUSES = ["draft", "researching", "live", "retired"] as const;
export type Status = (typeof STATUSES)[number];
export const ORDERS = ["changed", "title", "due"] as const;
export type Order = (typeof ORDERS)[number];

/** What is looked for on the shelf. */
export type Wanted = {
  readonly text: string;
  readonly status: Status | "all";
  readonly tag: string;
  readonly order: Order;
};

/** Maps that fit, in the wanted order. Every word must stand somewhere; retired ones only on demand. */
export function chosen(maps: readonly ShelfMap[], wanted: Wanted, language: string): ShelfMap[] {
  const words = wanted.text.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  const found = maps.filter((map) => {
    if (wanted.status === "all" ? map.status === "retired" : map.status !== wanted.status)
      return false;
    if (wanted.tag && !map.tags.includes(wanted.tag)) return false;
    const text = [map.title, map.description, map.owner, map.id, ...map.tags, ...map.personas]
      .join("\n")
      .toLocaleLowerCase(language);
    return words.every((word) => text.includes(word));
  });
  const { compare } = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const byTitle = (a: ShelfMap, b: ShelfMap) => compare(a.title, b.title) || compare(a.id, b.id);
  return found.sort((a, b) => {
    if (wanted.order === "changed" && a.changed_us !== b.changed_us)
      return b.changed_us - a.changed_us;
    // maps without a day of review come last
    if (wanted.order === "due" && a.due !== b.due) return (a.due || "9") < (b.due || "9") ? -1 : 1;
    return byTitle(a, b);
  });
}

/** All tags in use, each once. */
export function tagsOf(maps: readonly ShelfMap[], language: string): string[] {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return [...new Set(maps.flatMap((one) => one.tags))].sort(compare);
}

/** Maps of which one shows a detail. */
export function parentsOf(maps: readonly ShelfMap[], id: string): ShelfMap[] {
  return maps.filter((one) => one.details.includes(id));
}
