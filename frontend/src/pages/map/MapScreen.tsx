import { lazy, Suspense, useEffect, useState } from "react";
import { openMap } from "../../doc/open.ts";
import type { MapSession } from "../../doc/session.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { Broken } from "../Broken.tsx";
import { Talking } from "../discussion/Talking.tsx";
import { useMe } from "../shell/me.tsx";
import { MapHead } from "./MapHead.tsx";
import { RoomSwitch } from "./RoomSwitch.tsx";

const Follow = lazy(() => import("../workshop/Follow.tsx"));

/** A map, open for work. */
export function MapScreen({ mapId }: { mapId: string }) {
  const { me } = useMe();
  const { say } = useWords();
  const [session, setSession] = useState<MapSession | null>(null);
  const person = me.name;
  useEffect(() => {
    const [opened, close] = openMap(mapId, person);
    setSession(opened);
    return close;
  }, [mapId, person]);
  if (!session) return <p role="status">{say("loading")}</p>;
  return (
    <Talking session={session} mapId={mapId}>
      <div className="map-page">
        <MapHead session={session} mapId={mapId} />
        <Broken>
          <Suspense>
            <Follow session={session} mapId={mapId} />
          </Suspense>
        </Broken>
        <main id="content" tabIndex={-1} className="map-main">
          <RoomSwitch session={session} mapId={mapId} />
        </main>
      </div>
    </Talking>
  );
}
