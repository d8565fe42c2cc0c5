import { useMemo } from "react";
import { Setting, useSetting } from "../setting.ts";
import {
  fetchWords,
  LANGUAGES,
  type Language,
  languageOf,
  RIGHT_TO_LEFT,
  replaceWords,
  Words,
} from "./words.ts";

// `?lang=x-pseudo` shows English lengthened and in brackets: what is cut off or has no words stands out.
const PSEUDO = "x-pseudo";

/** The chosen language; before anybody chose, that of the browser. */
export const language = new Setting<Language>(
  "language",
  LANGUAGES,
  languageOf(typeof navigator === "undefined" ? [] : navigator.languages),
);

/** `const { say, number, date } = useWords()` */
export function useWords(): Words {
  const [now] = useSetting(language);
  return useMemo(() => new Words(now), [now]);
}

/** Change the language once its words are there; false where they cannot be had, and it stays as it is. */
export async function chooseLanguage(wanted: Language): Promise<boolean> {
  try {
    await fetchWords(wanted);
  } catch {
    return false;
  }
  language.choose(wanted);
  return true;
}

/** The words of the language a person has chosen; until they can be had, English. */
export async function firstWords(): Promise<void> {
  const wanted = new URLSearchParams(location.search).get("lang");
  if (wanted === PSEUDO) {
    const { pseudo } = await import("./pseudo.ts");
    language.choose("en");
    replaceWords("en", pseudo);
    return;
  }
  try {
    await fetchWords(language.now());
  } catch {
    // what is missing is said in English
  }
}

/** Tell the page its language, now and after every choice. */
export function showLanguage(): void {
  const show = () => {
    document.documentElement.lang = language.now();
    document.documentElement.dir = RIGHT_TO_LEFT.includes(language.now()) ? "rtl" : "ltr";
  };
  show();
  language.subscribe(show);
}
