import type { WalkFeltSaid, WalkMoodSaid } from "../../api/types/readings.ts";

const MIDDLE = 50;
const PER_POINT = 22; // from the middle to +2 are 44 of 100

type MoodLineProps = {
  readonly moods: readonly WalkMoodSaid[];
  readonly felt: WalkFeltSaid | null;
};

/** A line from -2 to +2: rings for what is assumed, a dot with its interval for what was answered. */
export function MoodLine({ moods, felt }: MoodLineProps) {
  const hasInterval = felt?.low != null && felt.high != null;
  return (
    <svg className="mood-line" viewBox="0 0 100 20" aria-hidden="true" focusable="false">
      <path d={`M${x(-2)} 10H${x(2)}`} />
      {[-2, -1, 0, 1, 2].map((score) => (
        <path key={score} d={`M${x(score)} 7v6`} />
      ))}
      {hasInterval ? (
        <path className="mood-interval" d={`M${x(felt.low ?? 0)} 10H${x(felt.high ?? 0)}`} />
      ) : null}
      {felt?.value == null ? null : (
        <circle className="mood-measured" cx={x(felt.value)} cy="10" r="3" />
      )}
      {moods.map((mood) =>
        mood.score === null ? null : (
          <circle
            key={mood.persona + mood.text}
            className="mood-assumed"
            cx={x(mood.score)}
            cy="10"
            r="4.500"
          />
        ),
      )}
    </svg>
  );
}

function x(score: number): number {
  return MIDDLE + score * PER_POINT;
}
