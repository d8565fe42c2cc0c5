import { useEffect, useState, useSyncExternalStore } from "react";
import { Link } from "wouter";
import type { MapSession } from "../../doc/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { SharingDialog } from "../sharing/SharingDialog.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { MyMenu } from "../shell/Shell.tsx";
import { VersionsDialog } from "../versions/VersionsDialog.tsx";
import "./map.css";

/** Where am I: back to the maps, the title of this one, and who I am. */
export function MapHead({ session, mapId }: { session: MapSession; mapId: string }) {
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const { say } = useWords();
  const { me } = useMe();
  const [open, setOpen] = useState<"versions" | "sharing" | null>(null);
  const close = () => setOpen(null);
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
      {me.map ? null : (
        <Button weight="quiet" onPress={() => setOpen("versions")}>
          {say("versions_map")}
        </Button>
      )}
      {isAtLeast(me, "facilitator") ? (
        <Button weight="quiet" icon="link" onPress={() => setOpen("sharing")}>
          {say("share_map")}
        </Button>
      ) : null}
      <MyMenu />
      {open === "versions" ? <VersionsDialog mapId={mapId} title={title} onClose={close} /> : null}
      {open === "sharing" ? <SharingDialog mapId={mapId} title={title} onClose={close} /> : null}
    </header>
  );
}
