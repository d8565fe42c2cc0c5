import { lazy, Suspense, useMemo } from "react";
import { type Talk, TalkContext } from "../../board/view/TalkSign.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { useTalk } from "./useTalk.ts";

const CardTalk = lazy(() => import("./CardTalk.tsx"));

/** All rooms of a map know what is said; the comments themselves are loaded when they are looked at. */
export function Talking({ session, mapId, children }: RoomProps & { children: React.ReactNode }) {
  const { data } = useTalk(session, mapId);
  const talk = useMemo<Talk>(
    () => ({
      threads: new Map(data?.refs.map((one) => [one.ref, one.threads])),
      waiting: (data?.calling ?? 0) + (data?.review_due ? 1 : 0),
      below: (ref) => (
        <Suspense fallback={<Waiting />}>
          <CardTalk key={ref} session={session} mapId={mapId} about={ref} />
        </Suspense>
      ),
    }),
    [data, session, mapId],
  );
  return <TalkContext value={talk}>{children}</TalkContext>;
}

function Waiting() {
  const { say } = useWords();
  return <p className="soft small">{say("loading")}</p>;
}
