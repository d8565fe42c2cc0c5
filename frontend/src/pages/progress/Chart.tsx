import { useEffect, useRef, useState } from "react";
import type { BusinessChangeSaid, SeriesSaid } from "../../api/types/index.ts";
import { useWords } from "../../ui/words/useWords.ts";
import type { Words } from "../../ui/words/words.ts";
import { msOf, scaleOf, spanOf } from "./chart.ts";
import { shortValue } from "./numbers.ts";

const HEIGHT = 200;
const ABOVE = 22;
const BELOW = 24;
const START = 56;
const END = 14;
const FIRST_WIDTH = 480;
const LETTERS = 11;

type ChartProps = { series: SeriesSaid; changes: readonly BusinessChangeSaid[] };

/** A series drawn: its numbers with intervals, the target, and marks where the business was changed. */
export function Chart({ series, changes }: ChartProps) {
  const words = useWords();
  const { say } = words;
  const [box, width] = useWidth();
  const { points, target } = series;
  const scale = scaleOf(points, target);
  const [from, to] = spanOf([...points.map((one) => one.day), ...changes.map((one) => one.day)]);
  const x = (day: string) => START + ((msOf(day) - from) / (to - from)) * (width - START - END);
  const y = (value: number) =>
    HEIGHT - BELOW - ((value - scale.low) / (scale.high - scale.low)) * (HEIGHT - ABOVE - BELOW);
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return null;
  const path = points.map((one) => `${x(one.day)},${y(one.value)}`).join(" ");
  const told = say("series_chart", {
    count: points.length,
    name: series.name,
    first: `${first.text} (${words.day(first.day)})`,
    last: `${last.text} (${words.day(last.day)})`,
  });
  return (
    <div ref={box} className="chart" dir="ltr">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={told}
      >
        {scale.ticks.map((tick) => (
          <g key={tick}>
            <line className="chart-grid" x1={START} x2={width - END} y1={y(tick)} y2={y(tick)} />
            <text className="chart-text" x={START - 8} y={y(tick) + 4} textAnchor="end">
              {shortValue(tick, series.kind, words)}
            </text>
          </g>
        ))}
        {changes.map((one, number) => (
          <g key={one.id}>
            <line
              className="chart-change"
              x1={x(one.day)}
              x2={x(one.day)}
              y1={ABOVE - 4}
              y2={HEIGHT - BELOW}
            />
            <text className="chart-text" x={x(one.day)} y={LETTERS} textAnchor="middle">
              {number + 1}
            </text>
          </g>
        ))}
        {target === null ? null : (
          <line
            className="chart-target"
            x1={START}
            x2={width - END}
            y1={y(target)}
            y2={y(target)}
          />
        )}
        <polyline className="chart-line" points={path} />
        {points.map((one) => (
          <g key={one.day}>
            {one.low === null || one.high === null ? null : (
              <line
                className="chart-range"
                x1={x(one.day)}
                x2={x(one.day)}
                y1={y(one.low)}
                y2={y(one.high)}
              />
            )}
            <circle
              className={one.source === "measured" ? "chart-dot" : "chart-dot chart-given"}
              cx={x(one.day)}
              cy={y(one.value)}
              r={4}
            />
          </g>
        ))}
        <text className="chart-text" x={START} y={HEIGHT - 6}>
          {endOf(from, words)}
        </text>
        <text className="chart-text" x={width - END} y={HEIGHT - 6} textAnchor="end">
          {endOf(to, words)}
        </text>
      </svg>
    </div>
  );
}

/** A day at an end of the chart, set apart: in some languages it runs against the chart. */
function endOf(ms: number, { day }: Words): string {
  return `\u2068${day(new Date(ms).toISOString().slice(0, 10))}\u2069`;
}

/** How wide the place of a chart is, so that its letters keep their size. */
function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(FIRST_WIDTH);
  useEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([entry]) => {
      const now = Math.round(entry?.contentRect.width ?? 0);
      if (now > START + END) setWidth(now);
    });
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}
