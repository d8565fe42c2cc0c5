import type { SharedSaid } from "../../api/types/index.ts";

/** A persona as the catalogue tells it: fields as in a map file. */
export type SharedPersona = SharedSaid;
export type Trait = { readonly name: string; readonly value: number };
export const KINDS = ["customer", "prospect", "ideal", "former", "employee", "partner"] as const;
export type Kind = (typeof KINDS)[number];

/** Fields of one text, and fields of several. */
export const TEXTS = [
  "name",
  "tagline",
  "quote",
  "found_us",
  "heard_before",
  "past_experience",
] as const;
export const LISTS = [
  "likes",
  "wants_to_achieve",
  "needs",
  "pains",
  "gains",
  "says",
  "thinks",
  "does",
  "feels",
] as const;
export type TextName = (typeof TEXTS)[number];
export type ListName = (typeof LISTS)[number];
export type Draft = Readonly<Record<TextName | ListName, string>> & {
  readonly traits: string;
  readonly kind: Kind;
  readonly image: string;
};

/** The words of an entry: a text, or a text with a claim. */
export function wordsOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value !== null && "text" in value) {
    return typeof value.text === "string" ? value.text : "";
  }
  return "";
}

/** The words of a list of entries. */
export function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(wordsOf).filter(Boolean) : [];
}

/** Traits with their values. */
export function traitsOf(value: unknown): Trait[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown) => {
    if (typeof one !== "object" || one === null || !("name" in one) || !("value" in one)) return [];
    const { name, value: number } = one;
    return typeof name === "string" && typeof number === "number" ? [{ name, value: number }] : [];
  });
}

/** What kind of person somebody is. */
export function kindOf(value: unknown): Kind {
  return KINDS.find((one) => one === value) ?? "customer";
}

/** A persona as text fields hold it. */
export function draftOf(fields: Readonly<Record<string, unknown>>): Draft {
  const text = (name: TextName) => wordsOf(fields[name]);
  const list = (name: ListName) => listOf(fields[name]).join("\n");
  return {
    name: text("name"),
    tagline: text("tagline"),
    quote: text("quote"),
    found_us: text("found_us"),
    heard_before: text("heard_before"),
    past_experience: text("past_experience"),
    likes: list("likes"),
    wants_to_achieve: list("wants_to_achieve"),
    needs: list("needs"),
    pains: list("pains"),
    gains: list("gains"),
    says: list("says"),
    thinks: list("thinks"),
    does: list("does"),
    feels: list("feels"),
    traits: traitsOf(fields.traits)
      .map((one) => `${one.name} ${one.value}`)
      .join("\n"),
    kind: kindOf(fields.kind),
    image: typeof fields.image === "string" ? fields.image : "",
  };
}

function lines(text: string): string[] {
  return text
    .split("\n")
    .map((one) => one.trim())
    .filter(Boolean);
}

const TRAIT = /^(.+?)[\s:]+([1-5])$/;

/** Traits of lines such as "patience 2", or nothing where a line has no value. */
export function traitsIn(text: string): Trait[] | undefined {
  const found = lines(text).map((line) => TRAIT.exec(line));
  if (found.some((one) => !one)) return undefined;
  return found.flatMap((one) =>
    one?.[1] && one[2] ? [{ name: one[1], value: Number(one[2]) }] : [],
  );
}

type Change = { do: "change"; ref: string; field: string; value: unknown };

/** The edits that make a persona what was written; what was left alone keeps its claims. */
export function changesOf(id: string, before: Draft, after: Draft): Change[] {
  const ref = `persona:${id}`;
  const change = (field: string, value: unknown): Change => ({ do: "change", ref, field, value });
  const found: Change[] = [];
  for (const name of TEXTS) {
    if (after[name].trim() !== before[name]) found.push(change(name, after[name].trim() || null));
  }
  for (const name of LISTS) {
    if (after[name] === before[name]) continue;
    const told = lines(after[name]);
    found.push(change(name, told.length ? told : null));
  }
  if (after.traits !== before.traits) {
    const traits = traitsIn(after.traits) ?? [];
    found.push(change("traits", traits.length ? traits : null));
  }
  if (after.kind !== before.kind) found.push(change("kind", after.kind));
  if (after.image !== before.image) found.push(change("image", after.image || null));
  return found;
}

/** The fields of a new persona. */
export function fieldsOf(draft: Draft): Record<string, unknown> {
  const blank = draftOf({});
  const found: Record<string, unknown> = {};
  for (const one of changesOf("new", blank, draft)) {
    if (one.value !== null) found[one.field] = one.value;
  }
  return found;
}

/** An id made of a name, with a number where it is taken. */
export function idOf(name: string, taken: readonly string[]): string {
  const base =
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_]+/gu, "-")
      .replace(/^-+|-+$/g, "") || "persona";
  let found = base;
  for (let number = 2; taken.includes(found); number++) found = `${base}-${number}`;
  return found;
}
