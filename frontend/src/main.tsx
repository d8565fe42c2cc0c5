import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./pages/App.tsx";
import { Broken } from "./pages/Broken.tsx";
import { keepFocus } from "./ui/keptFocus.ts";
import { showTheme } from "./ui/theme.ts";
import { firstWords, showLanguage } from "./ui/words/useWords.ts";
import "./ui/tokens.css";
import "./ui/base.css";

showTheme();
keepFocus();
await firstWords();
showLanguage();

const place = document.getElementById("app");
if (place) {
  createRoot(place).render(
    <StrictMode>
      <Broken>
        <App />
      </Broken>
    </StrictMode>,
  );
}
