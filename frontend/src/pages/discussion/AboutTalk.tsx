import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { ThreadSaid } from "../../api/types/talk.ts";
import type { MapSession } from "../../doc/session.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { CommentForm } from "./CommentForm.tsx";
import { ThreadView } from "./ThreadView.tsx";
import { useNames, useSeen, useThreads } from "./useTalk.ts";
import "./talk.css";

const NONE: readonly ThreadSaid[] = [];

type Props = {
  session: MapSession;
  mapId: string;
  /** What new threads are about. */
  about: string;
  /** Asks for the threads that are shown: `?ref=…`, or `?finding=…`. */
  query: string;
  /** A form stands open where nobody has said anything. */
  isEager?: boolean;
};

/** What is said about one thing, and a form to say more. */
export function AboutTalk({ session, mapId, about, query, isEager = false }: Props) {
  const { say } = useWords();
  const { me } = useMe();
  const people = useNames(mapId);
  const { data, error, again } = useThreads(session, mapId, query);
  const known = data?.threads ?? NONE;
  // what was begun here shows until the next answer, which holds it as well
  const [begun, setBegun] = useState<{ one: ThreadSaid; before: typeof data } | null>(null);
  const threads = begun && begun.before === data ? [begun.one, ...known] : known;
  const [typing, setTyping] = useState<boolean | null>(null);
  const isSaying = typing ?? (isEager && data !== undefined && threads.length === 0);
  useSeen(mapId, known);
  const begin = async (text: string) => {
    const asked = { path: { map: mapId }, body: { ref: about, text } };
    const one = await call("POST /api/maps/{map}/threads", asked);
    setBegun({ one, before: data });
    setTyping(false);
    again();
  };
  const shown = (one: ThreadSaid) => (
    <ThreadView key={one.id} mapId={mapId} thread={one} people={people} again={again} />
  );
  const open = threads.filter((one) => !one.resolved_us);
  const done = threads.filter((one) => one.resolved_us);
  return (
    <>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data && !threads.length ? <p className="soft small">{say("talk_none")}</p> : null}
      {open.map(shown)}
      {done.length ? (
        <details>
          <summary>{`${say("talk_only_resolved")} (${done.length})`}</summary>
          {done.map(shown)}
        </details>
      ) : null}
      {!isAtLeast(me, "commenter") ? null : isSaying ? (
        <CommentForm
          label={say("talk_text")}
          people={people}
          send={begin}
          onCancel={() => setTyping(false)}
        />
      ) : (
        <div>
          <Button onPress={() => setTyping(true)}>{say("talk_say")}</Button>
        </div>
      )}
    </>
  );
}
