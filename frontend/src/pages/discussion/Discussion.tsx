import { Link, useLocation } from "wouter";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { ActivityPart } from "./ActivityPart.tsx";
import { CommentsPart } from "./CommentsPart.tsx";
import { ProposalPart } from "./ProposalPart.tsx";
import { ProposalsPart } from "./ProposalsPart.tsx";
import { ReviewPart } from "./ReviewPart.tsx";
import { useTalk } from "./useTalk.ts";
import "./talk.css";

const PARTS = [
  ["", "talk_comments"],
  ["proposals", "proposals"],
  ["review", "review"],
  ["activity", "activity"],
] as const satisfies readonly (readonly [string, PlainKey])[];

/** What is said, proposed, due and done about a map. */
export default function Discussion({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const [at] = useLocation();
  const { data } = useTalk(session, mapId);
  const home = hrefOf(mapId, "discussion");
  const [part = "", id = ""] = (/^\/maps\/[^/]+\/discussion\/?(.*)$/.exec(at)?.[1] ?? "").split(
    "/",
  );
  const isKnown = PARTS.some(([name]) => name === part);
  return (
    <div className="talk-room">
      <h2 className="unseen">{say("talk_room")}</h2>
      <nav className="talk-parts" aria-label={say("talk_parts")}>
        {PARTS.map(([name, words]) => (
          <Link
            key={name}
            href={name ? `${home}/${name}` : home}
            className="talk-part"
            aria-current={(isKnown ? part : "") === name ? "page" : undefined}
          >
            {say(words)}
            {name === "" && data?.calling ? (
              <span className="talk-count">{say("talk_call_count", { count: data.calling })}</span>
            ) : null}
          </Link>
        ))}
      </nav>
      {part === "proposals" && id ? (
        <ProposalPart session={session} mapId={mapId} id={decodeURIComponent(id)} />
      ) : part === "proposals" ? (
        <ProposalsPart session={session} mapId={mapId} />
      ) : part === "review" ? (
        <ReviewPart session={session} mapId={mapId} />
      ) : part === "activity" ? (
        <ActivityPart session={session} mapId={mapId} />
      ) : (
        <CommentsPart session={session} mapId={mapId} />
      )}
    </div>
  );
}
