import { useWords } from "../../ui/words/useWords.ts";
import { depthOf } from "../curve.ts";
import { FEWEST, gapOf, type Judged } from "../evidence/judged.ts";
import { numberWords, valueWords } from "../evidence/numbers.ts";
import type { Column } from "../grid.ts";

const WIDTH = 100;
const HEIGHT = 100;

interface Shown {
  readonly x: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What was felt at steps, one run for each row of steps beside each other that somebody was asked about. */
function runsOf(judged: Judged, columns: readonly Column[]): Shown[][] {
  const runs: Shown[][] = [];
  let run: Shown[] = [];
  columns.forEach((column, index) => {
    const felt = judged.step(column.at)?.felt;
    // a few answers make no curve
    if (felt?.value === null || felt?.value === undefined || felt.n < FEWEST) {
      if (run.length > 0) runs.push(run);
      run = [];
      return;
    }
    const { value, low, high } = felt;
    run.push({ x: (index + 0.5) * WIDTH, value, low: low ?? value, high: high ?? value });
  });
  return run.length > 0 ? [...runs, run] : runs;
}

const HALF = 10;

/** The measured curve with its interval as a band; alone stands a short bar. */
export function FeltLines({ judged, columns }: { judged: Judged; columns: readonly Column[] }) {
  const y = (score: number) => depthOf(score) * HEIGHT;
  return (
    <>
      {runsOf(judged, columns).map((run) => {
        const [only] = run;
        const wide =
          run.length === 1 && only
            ? [
                { ...only, x: only.x - HALF },
                { ...only, x: only.x + HALF },
              ]
            : run;
        const top = wide.map(({ x, high }) => `${x} ${y(high)}`);
        const bottom = [...wide].reverse().map(({ x, low }) => `${x} ${y(low)}`);
        return (
          <g key={run[0]?.x}>
            <path className="felt-band" d={`M${[...top, ...bottom].join("L")}Z`} />
            <path
              className="felt-line"
              d={`M${wide.map((at) => `${at.x} ${y(at.value)}`).join("L")}`}
            />
          </g>
        );
      })}
    </>
  );
}

/** What was felt at one step, how many were asked, and how far it is from what is assumed. */
export function FeltMark(props: { judged: Judged; column: Column; assumed: number | null }) {
  const { judged, column, assumed } = props;
  const words = useWords();
  const { say } = words;
  const felt = judged.step(column.at)?.felt ?? null;
  if (!felt || felt.value === null) return <span className="felt-n">{say("nobody_asked")}</span>;
  if (felt.n < FEWEST) {
    return (
      <span className="felt-n">{say("with_n", { value: say("verdict_few"), n: felt.n })}</span>
    );
  }
  const gap = gapOf(assumed, felt);
  const size = gap === null ? "" : valueWords(words, Math.abs(gap), "score");
  const value = numberWords(words, felt);
  return (
    <>
      <span className="felt-point" style={{ "--depth": depthOf(felt.value) }} title={value} />
      <span className="felt-n" data-gap={gap !== null}>
        <span>{value}</span>
        {gap === null ? null : (
          <span>{say(gap < 0 ? "felt_lower" : "felt_higher", { value: size })}</span>
        )}
      </span>
    </>
  );
}
