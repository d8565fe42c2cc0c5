/** Ways on from steps: branches and loops, and when they stop being readable. */
import type { Board, Card } from "../doc/board.ts";
import { isObject, type Json } from "../model/json.ts";
import { stepsOf, textOf } from "./grid.ts";
import { listOf } from "./making.ts";

/** A way from one step to another that is not simply the next. */
export interface Way {
  from: number;
  to: number;
  isLoop: boolean;
}

/** How a map branches. */
export interface Branching {
  ways: readonly Way[];
  branches: number;
  loops: number;
  crossings: number;
  isTangled: boolean;
}

/** One entry of the field `next` of a step. */
export interface NextEntry {
  step: string;
  loop: boolean;
  text: string;
  share: string;
}

const MOST_CROSSINGS = 3;
const MOST_LOOPS = 4;
const MOST_WAYS = 2; // out of one step, beside the next one

export function nextOf(step: Card): NextEntry[] {
  return listOf(step.fields.next).flatMap((one) => {
    if (!isObject(one) || typeof one.step !== "string") return [];
    const loop = one.loop === true;
    return [{ step: one.step, loop, text: textOf(one), share: textOf(one.share) }];
  });
}

/** The value of the field `next`, as a file has it; null for none. */
export function nextValue(entries: readonly NextEntry[]): Json {
  if (entries.length === 0) return null;
  return entries.map(({ step, loop, text, share }) => ({
    step,
    ...(loop ? { loop } : {}),
    ...(share ? { share } : {}),
    ...(text ? { text } : {}),
  }));
}

/** How much a map branches; more than a reader can follow is told. */
export function branchingOf(board: Board): Branching {
  const steps = stepsOf(board);
  const index = new Map(steps.map((step, number) => [step.id, number]));
  const ways: Way[] = [];
  let widest = 0;
  for (const [from, step] of steps.entries()) {
    let out = 0;
    for (const one of nextOf(step)) {
      const to = index.get(one.step);
      if (to === undefined || to === from + 1) continue;
      out += 1;
      ways.push({ from, to, isLoop: one.loop || to <= from });
    }
    widest = Math.max(widest, out);
  }
  const loops = ways.filter((way) => way.isLoop).length;
  const crossings = crossingsOf(ways);
  const isTangled = crossings > MOST_CROSSINGS || loops > MOST_LOOPS || widest > MOST_WAYS;
  return { ways, branches: ways.length - loops, loops, crossings, isTangled };
}

/** Pairs of ways of which each begins or ends strictly inside the other, drawn as arcs over the row. */
function crossingsOf(ways: readonly Way[]): number {
  let count = 0;
  const arcs = ways.map(({ from, to }) => [Math.min(from, to), Math.max(from, to)] as const);
  arcs.forEach(([a, b], number) => {
    for (const [c, d] of arcs.slice(number + 1)) {
      if ((a < c && c < b && b < d) || (c < a && a < d && d < b)) count += 1;
    }
  });
  return count;
}
