import { lazy, Suspense, useEffect } from "react";
import { I18nProvider } from "react-aria-components";
import { Link, Redirect, Route, Router, Switch } from "wouter";
import { useAddress } from "../ui/address.ts";
import { LeavingQuestion } from "../ui/Dialog.tsx";
import { Toasts } from "../ui/Toasts.tsx";
import { useWords } from "../ui/words/useWords.ts";
import { Drafting } from "./drafting/Drafting.tsx";
import { Begin } from "./library/Begin.tsx";
import { Library } from "./library/Library.tsx";
import { People } from "./people/People.tsx";
import { Personas } from "./personas/Personas.tsx";
import { First, Invited, SignIn } from "./shell/Entrance.tsx";
import { isAtLeast, MeProvider, useMe } from "./shell/me.tsx";
import { Shell } from "./shell/Shell.tsx";
import { Trouble } from "./trouble.tsx";

const Audit = lazy(() => import("./audit/Audit.tsx"));
const MapPage = lazy(() => import("./MapPage.tsx"));

/** The app: which screen an address shows. */
export function App() {
  const { language } = useWords();
  return (
    <I18nProvider locale={language}>
      <Router hook={useAddress}>
        <MeProvider
          waiting={<Waiting />}
          trouble={(error, again) => (
            <main className="shell-content">
              <Trouble error={error} retry={again} />
            </main>
          )}
        >
          <Switch>
            <Route path="/first/:secret">{({ secret }) => <First secret={secret} />}</Route>
            <Route path="/link/:secret">{({ secret }) => <Invited secret={secret} />}</Route>
            <Route>
              <Inside />
            </Route>
          </Switch>
        </MeProvider>
        <LeavingQuestion />
        <Toasts />
      </Router>
    </I18nProvider>
  );
}

/** What whoever is signed in may see; everybody else signs in first. */
function Inside() {
  const { me } = useMe();
  if (!me.role) return <SignIn />;
  const own = me.map ? `/maps/${encodeURIComponent(me.map)}` : "";
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        <Route path="/maps/:map/*?">{({ map }) => <MapPage key={map} mapId={map} />}</Route>
        {own ? (
          <Route>
            <Redirect to={own} replace />
          </Route>
        ) : null}
        <Route path="/">
          <Framed title="maps">
            <Library />
          </Framed>
        </Route>
        <Route path="/personas">
          <Framed title="personas">
            <Personas />
          </Framed>
        </Route>
        {isAtLeast(me, "administrator") ? (
          <Route path="/people">
            <Framed title="people">
              <People />
            </Framed>
          </Route>
        ) : null}
        {isAtLeast(me, "administrator") ? (
          <Route path="/people/audit">
            <Framed title="audit">
              <Audit />
            </Framed>
          </Route>
        ) : null}
        {isAtLeast(me, "facilitator") ? (
          <Route path="/new">
            <Framed title="begin_title">
              <Begin />
            </Framed>
          </Route>
        ) : null}
        {isAtLeast(me, "facilitator") ? (
          <Route path="/draft">
            <Framed title="draft_title">
              <Drafting />
            </Framed>
          </Route>
        ) : null}
        <Route>
          <Framed title="not_found">
            <NotFound />
          </Framed>
        </Route>
      </Switch>
    </Suspense>
  );
}

type Title = "maps" | "begin_title" | "draft_title" | "personas" | "people" | "audit" | "not_found";

/** A page in the frame; its title is that of the window too. */
function Framed({ title, children }: { title: Title; children: React.ReactNode }) {
  const { say } = useWords();
  useEffect(() => {
    document.title = `${say(title)} · desirepath`;
  }, [say, title]);
  return <Shell>{children}</Shell>;
}

function NotFound() {
  const { say } = useWords();
  return (
    <>
      <h1>{say("not_found")}</h1>
      <p>{say("not_found_more")}</p>
      <p>
        <Link href="/">{say("to_maps")}</Link>
      </p>
    </>
  );
}

function Waiting() {
  const { say } = useWords();
  return (
    <p role="status" className="shell-content">
      {say("loading")}
    </p>
  );
}
