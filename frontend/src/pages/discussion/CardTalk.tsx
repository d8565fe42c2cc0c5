import type { ApartSaid } from "../../api/types/votes.ts";
import type { MapSession } from "../../doc/session.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { ApartNote } from "../workshop/ApartNote.tsx";
import { AboutTalk } from "./AboutTalk.tsx";
import { ProposeSection } from "./ProposeSection.tsx";
import "./talk.css";

type Props = {
  session: MapSession;
  mapId: string;
  about: string;
  /** What departments have scored it with; null for nothing. */
  scored: ApartSaid | null;
};

/** What is said about one card, below its details on the board. */
export default function CardTalk({ scored, ...props }: Props) {
  const { session, mapId, about } = props;
  const { say } = useWords();
  const { me } = useMe();
  return (
    <>
      {scored ? <ApartNote mapId={mapId} one={scored} /> : null}
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
