import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { MapSession } from "../../doc/session.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { CommentForm } from "./CommentForm.tsx";
import { ProposeSection } from "./ProposeSection.tsx";
import { ThreadView } from "./ThreadView.tsx";
import { useNames, useSeen, useThreads } from "./useTalk.ts";
import "./talk.css";

const NONE = [] as const;

/** What is said about one card, below its details on the board. */
export default function CardTalk(props: { session: MapSession; mapId: string; about: string }) {
  const { session, mapId, about } = props;
  const { say } = useWords();
  const { me } = useMe();
  const people = useNames(mapId);
  const query = `?ref=${encodeURIComponent(about)}`;
  const { data, error, again } = useThreads(session, mapId, query);
  const threads = data?.threads ?? NONE;
  const [isSaying, setSaying] = useState(false);
  useSeen(mapId, threads);
  const begin = async (text: string) => {
    await call("POST /api/maps/{map}/threads", {
      path: { map: mapId },
      body: { ref: about, text },
    });
    setSaying(false);
    again();
  };
  const [open, done] = [
    threads.filter((one) => !one.resolved_us),
    threads.filter((one) => one.resolved_us),
  ];
  return (
    <>
      <section className="talk-card" aria-labelledby="talk-card-title">
        <h3 id="talk-card-title">{say("talk_room")}</h3>
        {error ? <Trouble error={error} retry={again} /> : null}
        {data && !threads.length ? <p className="soft small">{say("talk_none")}</p> : null}
        {open.map((one) => (
          <ThreadView key={one.id} mapId={mapId} thread={one} people={people} again={again} />
        ))}
        {done.length ? (
          <details>
            <summary>{`${say("talk_only_resolved")} (${done.length})`}</summary>
            {done.map((one) => (
              <ThreadView key={one.id} mapId={mapId} thread={one} people={people} again={again} />
            ))}
          </details>
        ) : null}
        {!isAtLeast(me, "commenter") ? null : isSaying ? (
          <CommentForm
            label={say("talk_text")}
            people={people}
            send={begin}
            onCancel={() => setSaying(false)}
          />
        ) : (
          <div>
            <Button onPress={() => setSaying(true)}>{say("talk_say")}</Button>
          </div>
        )}
      </section>
      {isAtLeast(me, "commenter") ? (
        <ProposeSection session={session} mapId={mapId} about={about} />
      ) : null}
    </>
  );
}
