import { type Entry, filled, type Holes, type Values } from "./catalogue.ts";
import { en } from "./en/index.ts";

/** Every word people are shown, by its key. */
export type Key = keyof typeof en;
/** A key whose words need no value. */
export type PlainKey = { [K in Key]: Holes<(typeof en)[K]> extends never ? K : never }[Key];
type Told<K extends Key> = [Holes<(typeof en)[K]>] extends [never]
  ? []
  : [values: { readonly [H in Holes<(typeof en)[K]>]: string | number }];

export const LANGUAGES = ["en", "de", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];
/** Names of the languages, each in its own. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: "English",
  de: "Deutsch",
  ar: "العربية",
};
export const RIGHT_TO_LEFT: readonly Language[] = ["ar"];

type Said = Readonly<Partial<Record<Key, Entry>>>;
// English comes with the app; the others when somebody wants them.
const CATALOGUES = new Map<Language, Said>([["en", en]]);
const ELSEWHERE: Readonly<Record<Language, () => Promise<Said>>> = {
  en: async () => en,
  de: async () => (await import("./de/index.ts")).de,
  ar: async () => (await import("./ar/index.ts")).ar,
};

/** Get the words of a language, so that `Words` can say them. */
export async function fetchWords(language: Language): Promise<void> {
  if (!CATALOGUES.has(language)) CATALOGUES.set(language, await ELSEWHERE[language]());
}

/** Put words in the place of those of a language, to see what a screen does with them. */
export function replaceWords(language: Language, change: (told: Said) => Said): void {
  CATALOGUES.set(language, change(CATALOGUES.get(language) ?? en));
}

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;
const MONTH_S = 2_629_800;
const YEAR_S = 31_557_600;
const PASSED: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", YEAR_S],
  ["month", MONTH_S],
  ["day", DAY_S],
  ["hour", HOUR_S],
  ["minute", MINUTE_S],
];

/** Words, numbers and dates in one language. */
export class Words {
  readonly language: Language;

  constructor(language: Language) {
    this.language = language;
  }

  /** The words of a key; values fill the names in braces. */
  say = <K extends Key>(key: K, ...told: Told<K>): string => {
    const values: Values = told[0] ?? {};
    const own = CATALOGUES.get(this.language)?.[key];
    return own === undefined ? filled(en[key], values, "en") : filled(own, values, this.language);
  };

  /** A number as the language writes it. */
  number = (value: number, options?: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(this.language, options).format(value);

  /** A day, from milliseconds since 1970. */
  date = (ms: number): string =>
    new Intl.DateTimeFormat(this.language, { dateStyle: "medium" }).format(ms);

  /** A day as ISO 8601 writes it: "2026-05-01"; other text as it is. */
  day = (iso: string): string => {
    const ms = Date.parse(`${iso}T00:00:00Z`);
    const options: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeZone: "UTC" };
    return Number.isNaN(ms) ? iso : new Intl.DateTimeFormat(this.language, options).format(ms);
  };

  /** A day with its time, from milliseconds since 1970. */
  time = (ms: number): string =>
    new Intl.DateTimeFormat(this.language, { dateStyle: "medium", timeStyle: "short" }).format(ms);

  /** How long ago or until then: "3 days ago"; both in milliseconds. */
  ago = (ms: number, nowMs: number): string => {
    const seconds = (ms - nowMs) / 1000;
    const format = new Intl.RelativeTimeFormat(this.language, { numeric: "auto" });
    for (const [unit, size] of PASSED) {
      if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
    }
    return format.format(0, "minute");
  };

  /** Things in a row: "a, b and c". */
  list = (things: readonly string[]): string =>
    new Intl.ListFormat(this.language, { type: "conjunction" }).format(things);
}

/** The first language of a person that has words here. */
export function languageOf(wanted: readonly string[]): Language {
  for (const one of wanted) {
    const base = one.toLowerCase().split("-")[0];
    const found = LANGUAGES.find((known) => known === base);
    if (found) return found;
  }
  return "en";
}
