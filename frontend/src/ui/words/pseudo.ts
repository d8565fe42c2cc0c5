import type { Entry } from "./catalogue.ts";

const LONGER: Readonly<Record<string, string>> = {
  a: "åä",
  e: "éë",
  i: "íï",
  o: "óö",
  u: "úü",
  A: "ÅÄ",
  E: "ÉË",
  I: "ÍÏ",
  O: "ÓÖ",
  U: "ÚÜ",
  y: "ýÿ",
};
const VOWEL = /[aeiouyAEIOU]/g;
const PARTS = /(\{\w+\})/;

/** Words as no language has them: two in five letters longer, between ⟦ and ⟧; places stay as they are. */
export function pseudo<Told extends Readonly<Partial<Record<string, Entry>>>>(told: Told): Told {
  const changed: Record<string, Entry> = {};
  for (const [key, entry] of Object.entries(told)) {
    if (entry !== undefined) changed[key] = entryOf(entry);
  }
  return { ...told, ...changed };
}

function entryOf(entry: Entry): Entry {
  if (typeof entry === "string") return textOf(entry);
  const forms = { ...entry, other: textOf(entry.other) };
  return entry.one === undefined ? forms : { ...forms, one: textOf(entry.one) };
}

function textOf(text: string): string {
  const parts = text.split(PARTS).map((part) => (part.startsWith("{") ? part : longer(part)));
  return text ? `⟦${parts.join("")}⟧` : text;
}

function longer(text: string): string {
  return text.replace(VOWEL, (letter) => LONGER[letter] ?? letter);
}
