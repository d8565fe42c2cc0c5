/** Ways on from a step that are not simply the next one, for its head. */
import type { Board, Card } from "../doc/board.ts";
import { nameOf, stepsOf } from "./grid.ts";
import { nextOf } from "./onward.ts";

export interface Onward {
  readonly step: string;
  readonly isBack: boolean;
}

/** Of each step by its ref: where it also leads. */
export function onwardOf(board: Board): ReadonlyMap<string, readonly Onward[]> {
  const steps = stepsOf(board);
  const index = new Map(steps.map((step, number) => [step.id, number]));
  const found = new Map<string, Onward[]>();
  for (const [from, step] of steps.entries()) {
    const ways = nextOf(step).flatMap((one) => {
      const to = index.get(one.step);
      if (to === undefined || to === from + 1) return [];
      const target: Card | undefined = steps[to];
      return target ? [{ step: nameOf(target), isBack: one.loop || to <= from }] : [];
    });
    if (ways.length > 0) found.set(step.ref, ways);
  }
  return found;
}
