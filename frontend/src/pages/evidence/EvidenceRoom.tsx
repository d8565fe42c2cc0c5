import { lazy, Suspense } from "react";
import { Link, useLocation } from "wouter";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, type Role, useMe } from "../shell/me.tsx";
import "./evidence.css";

/** A page of the room: last part of its address, "" for the first. */
interface Page {
  readonly at: string;
  readonly words: PlainKey;
  readonly needs: Role;
  readonly View: React.ComponentType<RoomProps>;
}

const PAGES: readonly Page[] = [
  {
    at: "sources",
    words: "data",
    needs: "viewer",
    View: lazy(() => import("./sources/Sources.tsx").then((one) => ({ default: one.Sources }))),
  },
  {
    at: "binding",
    words: "binding",
    needs: "editor",
    View: lazy(() => import("./binding/Binding.tsx").then((one) => ({ default: one.Binding }))),
  },
];

/** Where a map meets data: what was brought, what was found with it, and what means which step. */
export function EvidenceRoom(props: RoomProps) {
  const { say } = useWords();
  const { me } = useMe();
  const [at] = useLocation();
  const base = hrefOf(props.mapId, "evidence");
  const pages = PAGES.filter((one) => isAtLeast(me, one.needs));
  const [first] = pages;
  const part = at.slice(decodeURI(base).length + 1).split("/")[0] ?? "";
  const here = pages.find((one) => one.at === part) ?? first;
  if (!here) return null;
  return (
    <div className="evidence-room">
      <nav className="evidence-pages" aria-label={say("evidence_pages")}>
        {pages.map((one) => (
          <Link
            key={one.at}
            href={one.at ? `${base}/${one.at}` : base}
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
  );
}
