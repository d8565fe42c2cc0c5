import { useEffect, useState, useSyncExternalStore } from "react";
import { Link } from "wouter";
import { languageOf } from "../../board/grid.ts";
import { useNarrow } from "../../board/view/useNarrow.ts";
import type { MapSession } from "../../doc/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Menu, MenuItem, MenuLine, MenuTrigger } from "../../ui/Menu.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { SharingDialog } from "../sharing/SharingDialog.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { MyMenu, MyParts } from "../shell/Shell.tsx";
import { VersionsDialog } from "../versions/VersionsDialog.tsx";
import { RoomLinks } from "./RoomSwitch.tsx";
import "./map.css";

type Open = "versions" | "sharing";

/** Where am I: back to the maps, the title of this one, and who I am. */
export function MapHead({ session, mapId }: { session: MapSession; mapId: string }) {
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const { say } = useWords();
  const { me } = useMe();
  const isNarrow = useNarrow();
  const [open, setOpen] = useState<Open | null>(null);
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
          <span className={isNarrow ? "unseen" : undefined}>{say("maps")}</span>
        </Link>
      )}
      <h1
        className="map-title"
        dir="auto"
        lang={title && view.board ? languageOf(view.board) : undefined}
      >
        {title || say("board")}
      </h1>
      <RoomLinks mapId={mapId} />
      {isNarrow ? <NarrowMenu open={setOpen} /> : <WideEntries open={setOpen} />}
      {open === "versions" ? <VersionsDialog mapId={mapId} title={title} onClose={close} /> : null}
      {open === "sharing" ? <SharingDialog mapId={mapId} title={title} onClose={close} /> : null}
    </header>
  );
}

function WideEntries({ open }: { open: (what: Open) => void }) {
  const { say } = useWords();
  const { me } = useMe();
  return (
    <>
      {me.map ? null : (
        <Button weight="quiet" onPress={() => open("versions")}>
          {say("versions_map")}
        </Button>
      )}
      {isAtLeast(me, "facilitator") ? (
        <Button weight="quiet" icon="link" onPress={() => open("sharing")}>
          {say("share_map")}
        </Button>
      ) : null}
      <MyMenu />
    </>
  );
}

/** Versions, sharing and who I am behind one button. */
function NarrowMenu({ open }: { open: (what: Open) => void }) {
  const { say } = useWords();
  const { me } = useMe();
  return (
    <MenuTrigger>
      <IconButton icon="more" label={say("map_menu", { name: me.name })} />
      <Menu label={say("map_menu", { name: me.name })}>
        {me.map ? null : (
          <MenuItem id="versions" onAction={() => open("versions")}>
            {say("versions_map")}
          </MenuItem>
        )}
        {isAtLeast(me, "facilitator") ? (
          <MenuItem id="sharing" icon="link" onAction={() => open("sharing")}>
            {say("share_map")}
          </MenuItem>
        ) : null}
        {me.map ? null : <MenuLine />}
        <MyParts />
      </Menu>
    </MenuTrigger>
  );
}
