import type { Board } from "../../doc/board.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { isEverybody } from "../evidence/desk.ts";
import { personasOf } from "./drawn.ts";
import { segmentWords } from "./markWords.ts";
import { useEvidence, useEvidenceLook } from "./useEvidence.ts";

/** Whose evidence could not be loaded, and whose is shown in its place. */
export function NotLoaded({ board }: { board: Board }) {
  const desk = useEvidence();
  const { failed, isGone, judged } = useEvidenceLook();
  const words = useWords();
  const { say } = words;
  if (!failed) return null;
  const { segment, window } = failed;
  const who = segment ? segmentWords(segment, personasOf(board)) : say("whose_all");
  const day = words.day(window.slice(0, window.indexOf("..")));
  const whose = window ? say("shown_days", { whose: who, day }) : who;
  const isOfSome = !isEverybody(failed) && judged !== null && judged.said.group === null;
  if (isGone) {
    return (
      <p className="evidence-not-loaded" role="alert">
        <span>{say("evidence_gone_of", { whose })}</span>
        <Button onPress={() => desk.set({ failed: null })}>{say("close")}</Button>
      </p>
    );
  }
  return (
    <p className="evidence-not-loaded" role="alert">
      <span>{isOfSome ? say("evidence_failed_of", { whose }) : say("evidence_failed")}</span>
      <Button onPress={() => desk.choose(failed)}>{say("try_again")}</Button>
    </p>
  );
}
