import { useMemo } from "react";
import { Setting, useSetting } from "../setting.ts";
import { LANGUAGES, type Language, languageOf, Words } from "./words.ts";

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

/** Tell the page its language, now and after every choice. */
export function showLanguage(): void {
  const show = () => {
    document.documentElement.lang = language.now();
    document.documentElement.dir = "ltr";
  };
  show();
  language.subscribe(show);
}
