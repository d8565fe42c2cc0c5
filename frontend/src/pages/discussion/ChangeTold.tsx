import type { ChangeTold as Told } from "../../api/types/proposals.ts";
import { fieldWords } from "../../board/fieldWords.ts";
import { laneTitle } from "../../board/view/titles.ts";
import { useWords } from "../../ui/words/useWords.ts";

// Before and after say what these are of.
const SAID = ["text", "name", "title"];

/** One difference: what it is about, and before and after, marked by words as well as by color. */
export function ChangeTold({ change }: { change: Told }) {
  const { say } = useWords();
  const lane = change.lane ? laneTitle(say, change.lane) : "";
  const where = [change.home, lane].filter(Boolean).join(" · ");
  const what = change.label;
  const field = fieldWords(say, change.ref, change.field);
  return (
    <div className="talk-change">
      <p>
        <bdi>{title()}</bdi>
        {where && change.kind !== "added" ? <span className="small soft"> ({where})</span> : null}
        {change.kind === "added" && lane ? <span className="small soft"> ({lane})</span> : null}
      </p>
      {change.kind === "changed" || change.kind === "added" ? (
        <dl className="talk-versions">
          {change.kind === "changed" ? (
            <div className="talk-before">
              <dt>{say("proposal_before")}</dt>
              <dd dir="auto">{change.old || "–"}</dd>
            </div>
          ) : null}
          {change.kind === "changed" || change.new ? (
            <div className="talk-after">
              <dt>{say("proposal_after")}</dt>
              <dd dir="auto">{change.new || "–"}</dd>
            </div>
          ) : null}
        </dl>
      ) : null}
    </div>
  );

  function title(): string {
    switch (change.kind) {
      case "added":
        return change.home
          ? say("proposal_added_at", { home: change.home, what })
          : say("proposal_added", { what });
      case "removed":
        return say("proposal_removed", { what });
      case "moved":
        return change.new
          ? say("proposal_moved_to", { home: change.new, what })
          : say("proposal_moved", { what });
      default:
        return SAID.includes(change.field) ? field : say("proposal_changed", { field, what });
    }
  }
}
