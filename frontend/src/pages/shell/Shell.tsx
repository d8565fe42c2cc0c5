import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "wouter";
import { Button } from "../../ui/Button.tsx";
import { Menu, MenuItem, MenuLine, MenuTrigger } from "../../ui/Menu.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { troubleWords } from "../trouble.tsx";
import { ChoiceParts } from "./Choices.tsx";
import { isAtLeast, type Role, useMe } from "./me.tsx";
import "./Shell.css";

type Place = { readonly to: string; readonly words: PlainKey; readonly needs: Role };
const PLACES: readonly Place[] = [
  { to: "/", words: "maps", needs: "viewer" },
  { to: "/personas", words: "personas", needs: "viewer" },
  { to: "/people", words: "people", needs: "administrator" },
];
const ROLE_WORDS: Readonly<Record<Role, PlainKey>> = {
  viewer: "role_viewer",
  commenter: "role_commenter",
  editor: "role_editor",
  facilitator: "role_facilitator",
  administrator: "role_administrator",
};

/** What somebody may do, in one word. */
export function roleWords(role: Role): PlainKey {
  return ROLE_WORDS[role];
}

/** The frame around every page but the board: where am I, who am I, and the page itself. */
export function Shell({ children }: { children: React.ReactNode }) {
  const { say } = useWords();
  const { me } = useMe();
  const [at] = useLocation();
  useFocusOnArrival(at);
  const places = me.map ? [] : PLACES.filter((one) => isAtLeast(me, one.needs));
  const isHere = (to: string) =>
    to === "/" ? !places.some((p) => p.to !== "/" && at.startsWith(p.to)) : at.startsWith(to);
  return (
    <div className="shell">
      <button
        type="button"
        className="shell-skip"
        onClick={() => document.getElementById("content")?.focus()}
      >
        {say("to_content")}
      </button>
      <header className="shell-head">
        <Link href="/" className="shell-brand">
          desirepath
        </Link>
        <nav aria-label={say("main_navigation")} className="shell-places">
          {places.map((one) => (
            <Link
              key={one.to}
              href={one.to}
              className="shell-place"
              aria-current={isHere(one.to) ? "page" : undefined}
            >
              {say(one.words)}
            </Link>
          ))}
        </nav>
        <MyMenu />
      </header>
      <OfflineNotice />
      <main id="content" tabIndex={-1} className="shell-content">
        {children}
      </main>
    </div>
  );
}

/** A page that is gone to begins at its content, for the eye and for the keyboard. */
function useFocusOnArrival(at: string): void {
  const before = useRef(at);
  useEffect(() => {
    if (before.current === at) return;
    before.current = at;
    scrollTo(0, 0);
    const content = document.getElementById("content");
    // a page that put the focus into a field of its own knows better
    if (!content?.contains(document.activeElement)) content?.focus({ preventScroll: true });
  }, [at]);
}

/** Me: my name and role, language, appearance, sign out. The board's header shows it too. */
export function MyMenu() {
  const { say } = useWords();
  const { me } = useMe();
  return (
    <MenuTrigger>
      <Button weight="quiet" icon="person">
        <span className="shell-name">{me.name}</span>
        <span className="shell-role">{me.role ? say(ROLE_WORDS[me.role]) : ""}</span>
      </Button>
      <Menu label={me.name}>
        <MyParts />
      </Menu>
    </MenuTrigger>
  );
}

/** What stands in the menu of who I am. */
export function MyParts() {
  const words = useWords();
  const { say } = words;
  const { signOut } = useMe();
  const [, go] = useLocation();
  const leave = async () => {
    try {
      await signOut();
      go("/");
    } catch (error) {
      tell({ words: troubleWords(error, words), kind: "trouble" });
    }
  };
  return (
    <>
      <ChoiceParts />
      <MenuLine />
      <MenuItem id="sign-out" icon="forward" onAction={leave}>
        {say("sign_out")}
      </MenuItem>
    </>
  );
}

/** Says when this computer has no connection. */
function OfflineNotice() {
  const { say } = useWords();
  const [isOffline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return (
    <div role="status" className="shell-offline">
      {isOffline ? say("offline") : ""}
    </div>
  );
}
