import { Mark } from "./Mark.tsx";
import { useHand } from "./useBoard.ts";
import { useMark } from "./useEvidence.ts";

/** The verdict on the promise of a touchpoint. */
export function ChipMark({ touchpoint }: { touchpoint: string }) {
  const hand = useHand();
  const mark = useMark(hand.board?.find(`touchpoint:${touchpoint}`) ?? null);
  return mark ? <Mark mark={mark} /> : null;
}
