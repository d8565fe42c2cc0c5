import { useEffect } from "react";
import { call } from "../../api/calls.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { useSending } from "../asked.ts";
import { type RoomPart, RoomParts } from "../map/RoomParts.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, type Me, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { useLeading } from "./leading.ts";
import { NotesPage } from "./NotesPage.tsx";
import { PlanPage } from "./PlanPage.tsx";
import { StoriesPage } from "./StoriesPage.tsx";
import { ScoringPage, VotesPage } from "./VotesPage.tsx";
import "./workshop.css";

const ROOM = "workshop";

const PARTS: readonly RoomPart[] = [
  { at: "", words: "ws_plan", View: titled("ws_plan", PlanPage) },
  { at: "votes", words: "ws_votes", View: titled("ws_votes", VotesPage) },
  { at: "scoring", words: "ws_scoring", View: titled("ws_scoring", ScoringPage) },
  { at: "notes", words: "ws_notes", needs: "editor", View: titled("ws_notes", NotesPage) },
  {
    at: "stories",
    words: "ws_stories",
    needs: "facilitator",
    View: titled("ws_stories", StoriesPage),
  },
];

/** The room of a workshop: its plan, votes, scores, sticky notes and stories. */
export default function Workshop(props: RoomProps) {
  const { me } = useMe();
  return (
    <div className="ws">
      <RoomParts
        {...props}
        room={ROOM}
        label="ws_pages"
        parts={PARTS}
        aside={<LeadButton mapId={props.mapId} me={me} />}
      />
    </div>
  );
}

/** A page under its title. */
function titled(title: PlainKey, View: React.ComponentType<RoomProps>) {
  return (props: RoomProps) => (
    <Titled title={title}>
      <View {...props} />
    </Titled>
  );
}

function Titled({ title, children }: { title: PlainKey; children: React.ReactNode }) {
  const { say } = useWords();
  useEffect(() => {
    const before = document.title;
    document.title = `${say(title)} · desirepath`;
    return () => {
      document.title = before;
    };
  }, [say, title]);
  return (
    <div className="room-page">
      <h2 className="room-title">{say(title)}</h2>
      {children}
    </div>
  );
}

/** Lead everybody who has this map open. */
function LeadButton({ mapId, me }: { mapId: string; me: Me }) {
  const { say } = useWords();
  const [isLeading, setLeading] = useLeading(mapId);
  const { send, error, isSending } = useSending();
  if (!isAtLeast(me, "facilitator") || isLeading) return null;
  const lead = async () => {
    const body = { room: ROOM };
    await call("POST /api/maps/{map}/workshop/lead", { path: { map: mapId }, body });
    setLeading(true);
  };
  return (
    <>
      <Button icon="people" isDisabled={isSending} onPress={() => send(lead)}>
        {say("ws_lead")}
      </Button>
      {error ? <Trouble error={error} /> : null}
    </>
  );
}
