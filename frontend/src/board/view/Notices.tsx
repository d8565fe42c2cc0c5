import type { Notice as Told, View } from "../../doc/view.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { textOf } from "../grid.ts";
import { WHY_NOT } from "../whyNot.ts";

const LONGEST = 160;

/** What others wrote over, what could not be made, and how to have it back. */
export function Notices({ view }: { view: View }) {
  const { say } = useWords();
  if (view.notices.length === 0) return null;
  return (
    <ul className="board-notices" aria-label={say("notices")}>
      {view.notices.map((one) => (
        <li key={one.id}>
          <Notice kind={one.kind === "refused" || one.kind === "unplaced" ? "trouble" : "warning"}>
            <p dir="auto">{wordsOf(one)}</p>
            <p className="board-notice-acts">
              <Button onPress={() => one.bringBack()}>
                {say(
                  one.kind === "refused" || one.kind === "unplaced" ? "try_again" : "bring_back",
                )}
              </Button>
              <Button weight="quiet" onPress={() => one.dismiss()}>
                {say("dismiss")}
              </Button>
            </p>
          </Notice>
        </li>
      ))}
    </ul>
  );

  function wordsOf(one: Told): string {
    const who = one.by || say("somebody");
    const full = textOf(one.lost) || JSON.stringify(one.lost);
    const lost = full.length > LONGEST ? `${full.slice(0, LONGEST)} …` : full;
    if (one.kind === "written_over") return say("notice_written_over", { who, lost });
    if (one.kind === "wrote_over") return say("notice_wrote_over", { who, lost });
    if (one.kind === "refused") {
      const known = WHY_NOT[one.code];
      return say("notice_refused", { why: known ? say(known) : one.why });
    }
    return say("notice_unplaced");
  }
}
