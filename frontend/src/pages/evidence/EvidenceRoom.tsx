import { Suspense } from "react";
import { Link, useLocation } from "wouter";
import { useWords } from "../../ui/words/useWords.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { PARTS } from "./parts.tsx";
import "./Room.css";

/** Address of a page of the room, "" for the first. */
export function partOf(mapId: string, part: string): string {
  const base = hrefOf(mapId, "evidence");
  return part ? `${base}/${part}` : base;
}

/** Where a map meets data: what was found of it, what was brought, and what means which step. */
export function EvidenceRoom(props: RoomProps) {
  const { say } = useWords();
  const { me } = useMe();
  const [at] = useLocation();
  const parts = PARTS.filter((one) => isAtLeast(me, one.needs));
  const below = at.slice(decodeURI(partOf(props.mapId, "")).length + 1).split("/")[0] ?? "";
  const here = parts.find((one) => one.at === below) ?? parts[0];
  if (!here) return null;
  return (
    <div className="evidence-room">
      <div className="evidence-page">
        <nav className="evidence-parts" aria-label={say("evidence_pages")}>
          {parts.map((one) => (
            <Link
              key={one.at}
              href={partOf(props.mapId, one.at)}
              className="map-room"
              aria-current={one === here ? "page" : undefined}
            >
              {say(one.words)}
            </Link>
          ))}
        </nav>
        <Suspense fallback={<p role="status">{say("loading")}</p>}>
          <here.View {...props} />
        </Suspense>
      </div>
    </div>
  );
}
