import { memo } from "react";
import type { Card } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { numberWords } from "../evidence/numbers.ts";
import type { Column } from "../grid.ts";
import { Mark } from "./Mark.tsx";
import { stepLines } from "./markWords.ts";
import { useEvidenceLook, useIsDead, useMark, useMetStep, useStepGaps } from "./useEvidence.ts";

/** How customers meet a step: who comes, who leaves, how long it took. */
export function StepEvidence({ card, hasFelt }: { card: Card; hasFelt: boolean }) {
  const words = useWords();
  const { say } = words;
  const step = useMetStep(card.ref);
  const mark = useMark(card);
  const gaps = useStepGaps(card.ref);
  const isDead = useIsDead(card.ref);
  const lines = step ? stepLines(words, step) : [];
  if (hasFelt && step?.felt) {
    lines.push(`${say("fact_felt")}: ${numberWords(words, step.felt)}`);
  }
  const isWorth = mark !== null && (mark.sign !== "confirmed" || lines.length === 0);
  return (
    <>
      {lines.length > 0 ? (
        <ul className="met-lines">
          {lines.map((line) => (
            <li key={line} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      ) : null}
      {isDead ? <p className="met-gaps">{say("dead_step")}</p> : null}
      {mark && isWorth ? <Mark mark={mark} /> : null}
      {gaps > 0 ? <p className="met-gaps">{say("missing_here", { count: gaps })}</p> : null}
    </>
  );
}

/** A row below the steps with what was measured at each; their heads tell the same to who hears them. */
export const MetRow = memo(function MetRow({ columns }: { columns: readonly Column[] }) {
  const { say } = useWords();
  const { mode, judged } = useEvidenceLook();
  if (mode === "belief" || !judged?.isChecked) return null;
  return (
    <div className="board-row board-met" role="row">
      <div className="lane-name" role="rowheader" data-look="gray">
        {say("met_row")}
      </div>
      {columns.map((column) => (
        <div key={column.at} className="met-cell" role="gridcell" data-met={column.at}>
          {column.kind === "step" ? <StepEvidence card={column.card} hasFelt={false} /> : null}
        </div>
      ))}
    </div>
  );
});
