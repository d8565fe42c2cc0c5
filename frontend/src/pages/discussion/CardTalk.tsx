import type { MapSession } from "../../doc/session.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { AboutTalk } from "./AboutTalk.tsx";
import { ProposeSection } from "./ProposeSection.tsx";
import "./talk.css";

/** What is said about one card, below its details on the board. */
export default function CardTalk(props: { session: MapSession; mapId: string; about: string }) {
  const { session, mapId, about } = props;
  const { say } = useWords();
  const { me } = useMe();
  return (
    <>
      <section className="talk-card" aria-labelledby="talk-card-title">
        <h3 id="talk-card-title">{say("talk_room")}</h3>
        <AboutTalk {...props} query={`?ref=${encodeURIComponent(about)}`} />
      </section>
      {isAtLeast(me, "commenter") ? (
        <ProposeSection session={session} mapId={mapId} about={about} />
      ) : null}
    </>
  );
}
