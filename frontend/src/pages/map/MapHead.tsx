import { useEffect, useSyncExternalStore } from "react";
import { Link } from "wouter";
import type { MapSession } from "../../doc/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useMe } from "../shell/me.tsx";
import { MyMenu } from "../shell/Shell.tsx";
import "./map.css";

/** Where am I: back to the maps, the title of this one, and who I am. */
export function MapHead({ session }: { session: MapSession }) {
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const { say } = useWords();
  const { me } = useMe();
  const told = view.board?.find("map")?.fields.title;
  const title = typeof told === "string" ? told : "";
  useEffect(() => {
    const before = document.title;
    if (title) document.title = `${title} · desirepath`;
    return () => {
      document.title = before;
    };
  }, [title]);
  return (
    <header className="map-head">
      {me.map ? null : (
        <Link href="/" className="map-back">
          <Icon name="back" />
          <span>{say("maps")}</span>
        </Link>
      )}
      <h1 className="map-title" dir="auto">
        {title || say("board")}
      </h1>
      <MyMenu />
    </header>
  );
}
