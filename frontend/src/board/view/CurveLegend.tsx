import type { Board } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { curvesOf } from "../curve.ts";
import type { Column } from "../grid.ts";
import { personasOf } from "./drawn.ts";
import { lookOf } from "./EmotionBand.tsx";

/** Which line is whose, where there are several. */
export function CurveLegend({ board, columns }: { board: Board; columns: readonly Column[] }) {
  const { say } = useWords();
  const names = personasOf(board);
  const curves = curvesOf(board, columns);
  if (curves.length < 2) return null;
  return (
    <ul className="curve-legend">
      {curves.map(({ persona }) => (
        <li key={persona}>
          <svg className="legend-line" viewBox="0 0 28 6" aria-hidden="true">
            <path className="curve-line" data-line={lookOf(board, persona)} d="M0 3H28" />
          </svg>
          <span dir="auto">{persona ? (names.get(persona) ?? persona) : say("everybody")}</span>
        </li>
      ))}
    </ul>
  );
}
