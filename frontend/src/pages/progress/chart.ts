/** A series as a picture: where its days and values stand. Draws nothing. */

export type ChartPoint = {
  readonly day: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
};

export type Scale = {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
};

const DAY_MS = 86_400_000;
const STEPS = [1, 2, 2.5, 5, 10];
const MOST_TICKS = 4;

/** Milliseconds since 1970 at which a day begins. */
export function msOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** Round values that hold all values, the target among them. */
export function scaleOf(points: readonly ChartPoint[], target: number | null): Scale {
  const told = points.flatMap((one) => [one.value, one.low ?? one.value, one.high ?? one.value]);
  const all = target === null ? told : [...told, target];
  const least = all.length ? Math.min(...all) : 0;
  const most = all.length ? Math.max(...all) : 1;
  const span = most - least || Math.abs(most) || 1;
  const step = stepOf(span / (MOST_TICKS - 1));
  const low = Math.floor(least / step) * step;
  const high = Math.max(Math.ceil(most / step) * step, low + step);
  const count = Math.round((high - low) / step);
  const ticks = Array.from({ length: count + 1 }, (_, number) => rounded(low + number * step));
  return { low: rounded(low), high: rounded(high), ticks };
}

/** The days a chart spans; more than one even where there is one number. */
export function spanOf(days: readonly string[]): readonly [number, number] {
  const told = days.map(msOf);
  const first = Math.min(...told);
  const last = Math.max(...told);
  return first === last ? [first - DAY_MS, last + DAY_MS] : [first, last];
}

/** Whether the last number reaches a target; null where its interval holds the target, or nobody knows. */
export function isMet(
  point: ChartPoint,
  target: number | null,
  way: "up" | "down" | "",
): boolean | null {
  if (target === null || way === "") return null;
  if (point.low !== null && point.high !== null && point.low < target && target < point.high)
    return null;
  return way === "up" ? point.value >= target : point.value <= target;
}

function stepOf(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return (STEPS.find((one) => one * power >= rough) ?? 10) * power;
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
