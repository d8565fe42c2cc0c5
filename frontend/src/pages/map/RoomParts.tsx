import { Suspense } from "react";
import { Link, useLocation } from "wouter";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { isAtLeast, type Role, useMe } from "../shell/me.tsx";
import { LinkRow } from "./LinkRow.tsx";
import { hrefOf } from "./RoomSwitch.tsx";
import type { RoomProps } from "./rooms.tsx";

/** What a page of a room is given. */
export interface PartProps extends RoomProps {
  /** What stands in the address after the page's own part, decoded, "" for nothing. */
  readonly rest: string;
}

/** A page of a room; the first is shown at the room's own address, and where no other fits. */
export interface RoomPart {
  readonly at: string;
  readonly words: PlainKey;
  readonly needs?: Role;
  readonly View: React.ComponentType<PartProps>;
  /** Stands beside the words of its link. */
  readonly Mark?: React.ComponentType<RoomProps>;
}

type RoomPartsProps = RoomProps & {
  /** Last part of the room's address. */
  readonly room: string;
  /** What the links are called together. */
  readonly label: PlainKey;
  readonly parts: readonly RoomPart[];
  /** Stands beside the links. */
  readonly aside?: React.ReactNode;
  /** Class of what holds the page. */
  readonly page?: string;
};

/** The pages of a room: links to them, and the one whose address it is. */
export function RoomParts({ room, label, parts, aside, page, ...props }: RoomPartsProps) {
  const { say } = useWords();
  const { me } = useMe();
  const [at] = useLocation();
  const home = hrefOf(props.mapId, room);
  const shown = parts.filter((one) => !one.needs || isAtLeast(me, one.needs));
  const [, below = "", ...after] = decoded(at).slice(decoded(home).length).split("/");
  const named = shown.find((one) => one.at !== "" && one.at === below);
  const here = named ?? shown[0];
  if (!here) return null;
  const rest = named ? after.join("/") : [below, ...after].join("/");
  return (
    <>
      <div className="map-parts">
        <LinkRow label={say(label)}>
          {shown.map((one) => (
            <Link
              key={one.at}
              href={one.at ? `${home}/${one.at}` : home}
              className="map-room"
              aria-current={one === here ? "page" : undefined}
            >
              {say(one.words)}
              {one.Mark ? <one.Mark {...props} /> : null}
            </Link>
          ))}
        </LinkRow>
        {aside}
      </div>
      <div className={page}>
        <Suspense fallback={<p role="status">{say("loading")}</p>}>
          <here.View key={here.at} {...props} rest={rest} />
        </Suspense>
      </div>
    </>
  );
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
