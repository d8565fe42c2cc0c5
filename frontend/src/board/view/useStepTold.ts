import type { Card } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { feltLine, gapWords, markTold, stepLines } from "./markWords.ts";
import { useHeldGap, useIsDead, useMark, useMetStep, useStepGaps } from "./useEvidence.ts";

/** What the head of a step says of the evidence to who hears it, and whether it differs from what is believed. */
export function useStepTold(card: Card): { told: string; isDifferent: boolean } {
  const words = useWords();
  const step = useMetStep(card.ref);
  const mark = useMark(card);
  const gaps = useStepGaps(card.ref);
  const isDead = useIsDead(card.ref);
  const held = useHeldGap(card.ref);
  if (card.kind !== "step") return { told: "", isDifferent: false };
  const felt = step?.felt ? feltLine(words, step.felt) : "";
  const told = [
    isDead ? words.say("dead_step") : "",
    ...(step ? stepLines(words, step) : []),
    felt,
    held ? gapWords(words, held) : "",
    mark ? markTold(words, mark) : "",
    gaps > 0 ? words.say("missing_here", { count: gaps }) : "",
  ];
  const isDifferent = (mark?.differs ?? false) || gaps > 0 || held?.sign === "short";
  return { told: told.filter((one) => one).join(". "), isDifferent };
}
