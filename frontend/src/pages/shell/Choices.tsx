import { Button } from "../../ui/Button.tsx";
import { Menu, MenuChoices, MenuTrigger } from "../../ui/Menu.tsx";
import { useSetting } from "../../ui/setting.ts";
import { tell } from "../../ui/Toasts.tsx";
import { theme } from "../../ui/theme.ts";
import { chooseLanguage, useWords } from "../../ui/words/useWords.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../ui/words/words.ts";

/** Language and appearance, as parts of a menu. */
export function ChoiceParts() {
  const { say, language } = useWords();
  const [chosenTheme, chooseTheme] = useSetting(theme);
  return (
    <>
      <MenuChoices
        label={say("language")}
        choices={LANGUAGES.map((id) => ({ id, words: LANGUAGE_NAMES[id] }))}
        chosen={language}
        onChoose={async (wanted) => {
          if (!(await chooseLanguage(wanted))) {
            tell({ words: say("language_missing"), kind: "trouble" });
          }
        }}
      />
      <MenuChoices
        label={say("theme")}
        choices={[
          { id: "system", words: say("theme_system") },
          { id: "light", words: say("theme_light") },
          { id: "dark", words: say("theme_dark") },
        ]}
        chosen={chosenTheme}
        onChoose={chooseTheme}
      />
    </>
  );
}

/** A button with the choices of who is not signed in. */
export function Choices() {
  const { say, language: now } = useWords();
  return (
    <MenuTrigger>
      <Button weight="quiet" icon="language">
        {LANGUAGE_NAMES[now]}
      </Button>
      <Menu label={say("settings")}>
        <ChoiceParts />
      </Menu>
    </MenuTrigger>
  );
}
