import type { SeriesPointSaid, SeriesSaid } from "../../api/types/index.ts";
import type { Words } from "../../ui/words/words.ts";

const UNITS: readonly [string, number][] = [
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
  ["s", 1],
];

/** A value as short as an axis needs it. */
export function shortValue(value: number, kind: SeriesSaid["kind"], words: Words): string {
  if (kind === "share") {
    return words.number(value, { style: "percent", maximumFractionDigits: 1 });
  }
  if (kind === "time") {
    const [unit, size] = UNITS.find((one) => Math.abs(value) >= one[1]) ?? ["s", 1];
    return `${words.number(value / size, { maximumFractionDigits: 1 })} ${unit}`;
  }
  return words.number(value, { maximumFractionDigits: 2, notation: "compact" });
}

/** Where a number comes from. */
export function sourceWords(point: SeriesPointSaid, { say }: Words): string {
  if (point.source === "measured") return say("series_measured");
  if (point.source === "typed") {
    return point.by ? say("series_typed", { who: point.by }) : say("series_typed_plain");
  }
  return point.by ? say("series_imported", { who: point.by }) : say("series_imported_plain");
}
