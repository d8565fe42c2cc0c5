/** The curve of emotion: points of statements with a score, one line for each persona. */
import type { Board, Card } from "../doc/board.ts";
import { type Column, EMOTION, scoreOf, textOf } from "./grid.ts";

export const LOWEST = -2;
export const HIGHEST = 2;
const NOTCH = 0.5;

export interface Point {
  ref: string;
  column: number;
  score: number;
}

/** One line; `persona` is "" for everybody. */
export interface Curve {
  persona: string;
  points: readonly Point[];
}

/** A score on the scale, in steps of a half. */
export function notched(score: number): number {
  const half = Math.round(score / NOTCH) * NOTCH;
  // never −0
  return Math.min(HIGHEST, Math.max(LOWEST, half)) + 0;
}

/** How far down a score is drawn: 0 at the top (+2), 1 at the bottom (−2). */
export function depthOf(score: number): number {
  return (HIGHEST - score) / (HIGHEST - LOWEST);
}

/** The score at a height of the row. */
export function scoreAt(depth: number): number {
  return notched(HIGHEST - depth * (HIGHEST - LOWEST));
}

/** Name of the face of a score: five of them. */
export function faceOf(score: number): "-2" | "-1" | "0" | "1" | "2" {
  const whole = Math.round(score);
  if (whole <= -2) return "-2";
  if (whole === -1) return "-1";
  if (whole === 1) return "1";
  return whole >= 2 ? "2" : "0";
}

/** All curves of a board; everybody's first, then personas as the map lists them. */
export function curvesOf(board: Board, columns: readonly Column[]): Curve[] {
  const found = new Map<string, Point[]>([["", []]]);
  for (const card of board.row("map", "persona")) found.set(card.id, []);
  columns.forEach((column, index) => {
    for (const card of board.row(column.at, "statement", EMOTION)) {
      const score = scoreOf(card);
      if (score === null) continue;
      const persona = textOf(card.fields.persona);
      const points = found.get(persona) ?? [];
      points.push({ ref: card.ref, column: index, score });
      found.set(persona, points);
    }
  });
  return [...found]
    .map(([persona, points]) => ({ persona, points }))
    .filter((curve) => curve.points.length > 0);
}

/** Mean score of each column that has one, in order: where two points stand, the line runs between. */
export function lineOf(curve: Curve): { column: number; score: number }[] {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const { column, score } of curve.points) {
    const one = sums.get(column) ?? { sum: 0, count: 0 };
    sums.set(column, { sum: one.sum + score, count: one.count + 1 });
  }
  return [...sums].map(([column, { sum, count }]) => ({ column, score: sum / count }));
}

/** Scores so near that their faces would lie over each other. */
const NEAR = 0.75;

/** All points of a column; those that would cover each other stand beside each other, by `aside` faces. */
export function besideEachOther<C extends Curve>(
  curves: readonly C[],
  column: number,
): { point: Point; curve: C; aside: number }[] {
  const all = curves.flatMap((curve) =>
    curve.points.filter((one) => one.column === column).map((point) => ({ point, curve })),
  );
  const byScore = [...all].sort((one, other) => other.point.score - one.point.score);
  const heaps: (typeof all)[] = [];
  for (const one of byScore) {
    const last = heaps.at(-1)?.at(-1);
    if (last && last.point.score - one.point.score < NEAR) heaps.at(-1)?.push(one);
    else heaps.push([one]);
  }
  return heaps.flatMap((heap) =>
    heap.map((one, place) => ({ ...one, aside: place - (heap.length - 1) / 2 })),
  );
}

/** A smooth line that never swings beyond its points, as an SVG path. */
export function pathOf(
  line: readonly { column: number; score: number }[],
  width: number,
  height: number,
): string {
  const at = line.map(({ column, score }) => ({
    x: (column + 0.5) * width,
    y: depthOf(score) * height,
  }));
  return at
    .map(({ x, y }, index) => {
      const before = at[index - 1];
      if (!before) return `M${round(x)} ${round(y)}`;
      const middle = (before.x + x) / 2;
      return `C${round(middle)} ${round(before.y)} ${round(middle)} ${round(y)} ${round(x)} ${round(y)}`;
    })
    .join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The statement whose point a step shows for a persona, null where it has none yet. */
export function pointOf(board: Board, at: string, persona: string): Card | null {
  const row = board.row(at, "statement", EMOTION);
  return (
    row.find((card) => scoreOf(card) !== null && textOf(card.fields.persona) === persona) ?? null
  );
}
