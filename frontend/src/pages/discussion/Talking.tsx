import { lazy, Suspense, useMemo, useState } from "react";
import type { ApartsSaid } from "../../api/types/votes.ts";
import { type Talk, TalkContext, type ToPropose } from "../../board/view/TalkSign.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { disagreeWords } from "../workshop/apartWords.ts";
import { useOfWorkshop } from "../workshop/useWorkshop.ts";
import { gather } from "./basket.ts";
import { useTalk } from "./useTalk.ts";

const CardTalk = lazy(() => import("./CardTalk.tsx"));
const ProposeDialog = lazy(() => import("./ProposeDialog.tsx"));

/** All rooms of a map know what is said; the comments themselves are loaded when they are looked at. */
export function Talking({ session, mapId, children }: RoomProps & { children: React.ReactNode }) {
  const { me } = useMe();
  const words = useWords();
  const { data } = useTalk(session, mapId);
  const { data: scored } = useOfWorkshop<ApartsSaid>(session, mapId, "apart");
  const [asked, setAsked] = useState<ToPropose | null>(null);
  const mayPropose = isAtLeast(me, "commenter");
  const talk = useMemo<Talk>(() => {
    const refs = data?.refs ?? [];
    const cards = scored?.cards ?? [];
    const propose = (one: ToPropose) => {
      if (one.made) gather(mapId, { ...one.made, why: one.why });
      setAsked(one);
    };
    return {
      threads: new Map(refs.map((one) => [one.ref, one.threads])),
      findings: new Map(refs.map((one) => [one.finding, one.comments])),
      waiting: (data?.calling ?? 0) + (data?.my_tasks ?? 0) + (data?.review_due ? 1 : 0),
      apart: new Map(cards.map((one) => [one.ref, disagreeWords(words, one)])),
      below: (ref) => (
        <Suspense fallback={<Waiting />}>
          <CardTalk
            key={ref}
            session={session}
            mapId={mapId}
            about={ref}
            scored={cards.find((one) => one.ref === ref) ?? null}
          />
        </Suspense>
      ),
      propose: mayPropose ? propose : null,
    };
  }, [data, scored, words, session, mapId, mayPropose]);
  return (
    <TalkContext value={talk}>
      {children}
      {asked ? (
        <Suspense>
          <ProposeDialog
            session={session}
            mapId={mapId}
            asked={asked}
            onClose={() => setAsked(null)}
          />
        </Suspense>
      ) : null}
    </TalkContext>
  );
}

function Waiting() {
  const { say } = useWords();
  return <p className="soft small">{say("loading")}</p>;
}
