/** A word that changes with a count, by the plural rules of its language. */
export type Plural = {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
};
export type Entry = string | Plural;
export type Catalogue = Readonly<Record<string, Entry>>;

/** The same words in another language: no key more, none less. */
export type Same<C extends Catalogue> = {
  readonly [K in keyof C]: C[K] extends string ? string : Plural;
};

/** Names in braces in a text. */
type HolesOf<T> = T extends `${string}{${infer Hole}}${infer Rest}` ? Hole | HolesOf<Rest> : never;
/** What an entry must be told: the names in braces, and the count of a plural. */
export type Holes<E> = E extends string
  ? HolesOf<E>
  : E extends { readonly other: infer Other }
    ? HolesOf<Other> | "count"
    : never;
export type Values = Readonly<Record<string, string | number>>;

const HOLE = /\{(\w+)\}/g;

/** The words of an entry with its values; numbers as the language writes them. */
export function filled(entry: Entry, values: Values, language: string): string {
  let text: string;
  if (typeof entry === "string") text = entry;
  else {
    const count = values.count;
    const form = typeof count === "number" ? new Intl.PluralRules(language).select(count) : "other";
    text = entry[form] ?? entry.other;
  }
  return text.replace(HOLE, (hole, name: string) => {
    const value = values[name];
    if (value === undefined) return hole;
    if (typeof value === "number") return new Intl.NumberFormat(language).format(value);
    return apart(value, language);
  });
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const LEFT_TO_RIGHT = /[A-Za-z\u00c0-\u058f\u0900-\ud7ff]/u;

/** A value that runs against its sentence, set apart so that it does not turn what stands beside it. */
function apart(value: string, language: string): string {
  const other = language === "ar" ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return other.test(value) ? `\u2068${value}\u2069` : value;
}

/** All forms of a word in Arabic: for 0, 1, 2, 3 to 10, 11 to 99, and whole hundreds and fractions. */
export function forms(
  zero: string,
  one: string,
  two: string,
  few: string,
  many: string,
  other: string,
): Plural {
  return { zero, one, two, few, many, other };
}
