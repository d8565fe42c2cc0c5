import { Setting } from "./setting.ts";

export type Theme = "system" | "light" | "dark";

/** Light, dark, or as the system says. */
export const theme = new Setting<Theme>("theme", ["system", "light", "dark"], "system");

/** Show the page in the chosen theme, now and after every choice. */
export function showTheme(): void {
  const show = () => {
    const chosen = theme.now();
    if (chosen === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
  };
  show();
  theme.subscribe(show);
}
