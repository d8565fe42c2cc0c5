import { useWords } from "../../ui/words/useWords.ts";
import { type PartProps, type RoomPart, RoomParts } from "../map/RoomParts.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { ActivityPart } from "./ActivityPart.tsx";
import { CommentsPart } from "./CommentsPart.tsx";
import { ProposalPart } from "./ProposalPart.tsx";
import { ProposalsPart } from "./ProposalsPart.tsx";
import { ReviewPart } from "./ReviewPart.tsx";
import { useTalk } from "./useTalk.ts";
import "./talk.css";

const PARTS: readonly RoomPart[] = [
  { at: "", words: "talk_comments", View: CommentsPart, Mark: Calling },
  { at: "proposals", words: "proposals", View: Proposals },
  { at: "review", words: "review", View: ReviewPart },
  { at: "activity", words: "activity", View: ActivityPart },
];

/** What is said, proposed, due and done about a map. */
export default function Discussion(props: RoomProps) {
  const { say } = useWords();
  return (
    <div className="talk-room">
      <h2 className="unseen">{say("talk_room")}</h2>
      <RoomParts
        {...props}
        room="discussion"
        label="talk_parts"
        parts={PARTS}
        page="room-page talk-page"
      />
    </div>
  );
}

/** How many comments mention whoever sits here, and how many tasks are theirs. */
function Calling({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const { data } = useTalk(session, mapId);
  const [calling, tasks] = [data?.calling ?? 0, data?.my_tasks ?? 0];
  return (
    <>
      {calling ? (
        <span className="talk-count">{say("talk_call_count", { count: calling })}</span>
      ) : null}{" "}
      {tasks ? <span className="talk-count">{say("task_count", { count: tasks })}</span> : null}
    </>
  );
}

/** All proposals, or the one whose id stands in the address. */
function Proposals({ rest, ...props }: PartProps) {
  return rest ? <ProposalPart {...props} id={rest} /> : <ProposalsPart {...props} />;
}
