import { lazy, Suspense } from "react";
import { I18nProvider } from "react-aria-components";
import { Route, Router, Switch } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { Toasts } from "../ui/Toasts.tsx";
import { useWords } from "../ui/words/useWords.ts";

const MapPage = lazy(() => import("./MapPage.tsx"));

/** The app: which screen an address shows. */
export function App() {
  const { language, say } = useWords();
  return (
    <I18nProvider locale={language}>
      <Router hook={useHashLocation}>
        <Suspense fallback={<p role="status">{say("loading")}</p>}>
          <Switch>
            <Route path="/maps/:map">{({ map }) => <MapPage key={map} mapId={map} />}</Route>
            <Route>
              <main>
                <h1>{say("maps")}</h1>
              </main>
            </Route>
          </Switch>
        </Suspense>
        <Toasts />
      </Router>
    </I18nProvider>
  );
}
