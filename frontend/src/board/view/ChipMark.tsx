import { TOUCHPOINTS } from "../grid.ts";
import { GapMark, Mark } from "./Mark.tsx";
import { useHand } from "./useBoard.ts";
import { useHeldGap, useMark } from "./useEvidence.ts";

/** The verdict on the promise of a touchpoint beside the promise; elsewhere where it gave less or more than was expected. */
export function ChipMark({ touchpoint, lane }: { touchpoint: string; lane: string }) {
  const ref = `touchpoint:${touchpoint}`;
  const hand = useHand();
  const mark = useMark(hand.board?.find(ref) ?? null);
  const held = useHeldGap(ref);
  if (lane === "promise") return mark ? <Mark mark={mark} /> : null;
  return held && WITH_GAP.includes(lane) ? <GapMark said={held} /> : null;
}

const WITH_GAP = [TOUCHPOINTS, "frontstage", "delivery"];
