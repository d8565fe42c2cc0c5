import { useTalked } from "../../board/view/TalkSign.tsx";
import { useWords } from "../../ui/words/useWords.ts";

/** How much of the discussion waits for who sits here: comments that mention them, tasks, a review that is due. */
export function DiscussionBadge() {
  const { say, number } = useWords();
  const count = useTalked()?.waiting ?? 0;
  if (!count) return null;
  return (
    <span className="map-room-badge">
      <span aria-hidden="true">{number(count)}</span>
      <span className="unseen">{say("talk_waiting", { count })}</span>
    </span>
  );
}
