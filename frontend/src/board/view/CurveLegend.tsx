import type { Board } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { curvesOf } from "../curve.ts";
import type { Column } from "../grid.ts";
import { personasOf } from "./drawn.ts";
import { lookOf } from "./EmotionBand.tsx";
import { useMode } from "./useEvidence.ts";

/** Which line is whose, where there are several. */
export function CurveLegend({ board, columns }: { board: Board; columns: readonly Column[] }) {
  const { say } = useWords();
  const names = personasOf(board);
  const curves = curvesOf(board, columns);
  const hasFelt = useMode() !== "belief";
  if (curves.length < 2 && !hasFelt) return null;
  const ownTitle = say(hasFelt && curves.length < 2 ? "curve_assumed" : "everybody");
  return (
    <ul className="curve-legend">
      {curves.map(({ persona }) => (
        <li key={persona}>
          <svg className="legend-line" viewBox="0 0 28 6" aria-hidden="true">
            <path className="curve-line" data-line={lookOf(board, persona)} d="M0 3H28" />
          </svg>
          <span dir="auto">{persona ? (names.get(persona) ?? persona) : ownTitle}</span>
        </li>
      ))}
      {hasFelt ? (
        <li>
          <svg className="legend-line" viewBox="0 0 28 12" aria-hidden="true">
            <path className="felt-band" d="M0 1H28V11H0Z" />
            <path className="felt-line" d="M0 6H28" />
          </svg>
          <span>{say("curve_measured")}</span>
        </li>
      ) : null}
    </ul>
  );
}
