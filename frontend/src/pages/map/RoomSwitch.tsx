import { Suspense } from "react";
import { Link, Redirect, Route, Switch, useLocation } from "wouter";
import { useWords } from "../../ui/words/useWords.ts";
import { Broken } from "../Broken.tsx";
import { isAtLeast, type Me, useMe } from "../shell/me.tsx";
import { LinkRow } from "./LinkRow.tsx";
import { ROOMS, type Room, type RoomProps } from "./rooms.tsx";

/** The room of a map whose address it is. */
export function RoomSwitch(props: RoomProps) {
  const { say } = useWords();
  const { me } = useMe();
  return (
    <Broken>
      <Suspense fallback={<p role="status">{say("loading")}</p>}>
        <Switch>
          {roomsOf(me).map(({ at, View }) => (
            <Route key={at} path={patternOf(props.mapId, at)}>
              <View {...props} />
            </Route>
          ))}
          <Route>
            <Redirect to={hrefOf(props.mapId, "")} replace />
          </Route>
        </Switch>
      </Suspense>
    </Broken>
  );
}

/** What addresses of a room look like, as the router hands them over; the board has places in it. */
function patternOf(mapId: string, room: string): string | RegExp {
  const href = decodeURI(hrefOf(mapId, room));
  if (room) return `${href}/*?`;
  const quoted = href.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  return new RegExp(`^${quoted}(?:/at/(?<at>[^/]+))?/?$`);
}

/** Links to the rooms of a map. */
export function RoomLinks({ mapId }: { mapId: string }) {
  const { say } = useWords();
  const { me } = useMe();
  const [at] = useLocation();
  const rooms = roomsOf(me);
  if (rooms.length < 2) return null;
  const isHere = (room: Room) => {
    const href = hrefOf(mapId, room.at);
    return at === href || (room.at !== "" && at.startsWith(`${href}/`));
  };
  return (
    <LinkRow label={say("map_rooms")}>
      {rooms.map((room) => (
        <Link
          key={room.at}
          href={hrefOf(mapId, room.at)}
          className="map-room"
          aria-current={isHere(room) ? "page" : undefined}
        >
          {say(room.words)}
          {room.Badge ? <room.Badge /> : null}
        </Link>
      ))}
    </LinkRow>
  );
}

/** Address of a room of a map. */
export function hrefOf(mapId: string, room: string): string {
  const map = `/maps/${encodeURIComponent(mapId)}`;
  return room ? `${map}/${room}` : map;
}

function roomsOf(me: Me): readonly Room[] {
  return ROOMS.filter((one) => isAtLeast(me, one.needs) && (!me.map || one.isForGuests));
}
