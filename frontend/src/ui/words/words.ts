import { type Entry, filled, type Holes, type Values } from "./catalogue.ts";
import { de } from "./de/index.ts";
import { en } from "./en/index.ts";

/** Every word people are shown, by its key. */
export type Key = keyof typeof en;
/** A key whose words need no value. */
export type PlainKey = { [K in Key]: Holes<(typeof en)[K]> extends never ? K : never }[Key];
type Told<K extends Key> = [Holes<(typeof en)[K]>] extends [never]
  ? []
  : [values: { readonly [H in Holes<(typeof en)[K]>]: string | number }];

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];
/** Names of the languages, each in its own. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", de: "Deutsch" };

const CATALOGUES: Readonly<Record<Language, Readonly<Record<Key, Entry>>>> = { en, de };
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
    return filled(CATALOGUES[this.language][key], values, this.language);
  };

  /** A number as the language writes it. */
  number = (value: number, options?: Intl.NumberFormatOptions): string =>
    new Intl.NumberFormat(this.language, options).format(value);

  /** A day, from milliseconds since 1970. */
  date = (ms: number): string =>
    new Intl.DateTimeFormat(this.language, { dateStyle: "medium" }).format(ms);

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
