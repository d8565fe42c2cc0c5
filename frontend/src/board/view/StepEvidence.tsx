import { memo } from "react";
import type { Card } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import type { Column } from "../grid.ts";
import { metSpot } from "../spots.ts";
import { GapMark, Mark } from "./Mark.tsx";
import { feltLine, gapWords, markTold, metTold, stepLines } from "./markWords.ts";
import { columnTitle } from "./titles.ts";
import {
  useEvidenceLook,
  useHeldGap,
  useIsDead,
  useMark,
  useMetStep,
  useStepGaps,
} from "./useEvidence.ts";

/** How customers meet a step: who comes, who leaves, how long it took. */
export function StepEvidence({ card, hasFelt }: { card: Card; hasFelt: boolean }) {
  const words = useWords();
  const { say } = words;
  const step = useMetStep(card.ref);
  const mark = useMark(card);
  const gaps = useStepGaps(card.ref);
  const isDead = useIsDead(card.ref);
  const held = useHeldGap(card.ref);
  const lines = step ? stepLines(words, step) : [];
  if (hasFelt && step?.felt) lines.push(feltLine(words, step.felt));
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
      {held ? <GapMark said={held} /> : null}
      {gaps > 0 ? <p className="met-gaps">{say("missing_here", { count: gaps })}</p> : null}
    </>
  );
}

/** A row below the steps with what was measured at each; the arrows lead there, `focus` is where they are. */
export const MetRow = memo(function MetRow(props: { columns: readonly Column[]; focus: string }) {
  const { columns, focus } = props;
  const { say } = useWords();
  const { mode, judged } = useEvidenceLook();
  if (mode === "belief" || !judged?.isChecked) return null;
  return (
    <div className="board-row board-met" role="row">
      <div className="lane-name" role="rowheader" data-look="gray">
        {say("met_row")}
      </div>
      {columns.map((column) => (
        <MetCell key={column.at} column={column} isFocus={focus === metSpot(column.at)} />
      ))}
    </div>
  );
});

/** What was measured at one step; heard, each number has its interval and n. */
function MetCell({ column, isFocus }: { column: Column; isFocus: boolean }) {
  const words = useWords();
  const { say } = words;
  const { card, at } = column;
  const step = useMetStep(at);
  const mark = useMark(card);
  const held = useHeldGap(at);
  const isStep = column.kind === "step";
  const numbers = isStep ? metTold(words, step) : [];
  const where = say("met_at", { step: columnTitle(say, column) });
  const told = [
    where,
    ...numbers,
    held ? gapWords(words, held) : "",
    isStep && mark ? markTold(words, mark) : "",
  ];
  const isEmpty = numbers.length === 0 && !mark && !held;
  return (
    <div
      className="met-cell"
      role="gridcell"
      data-met={at}
      data-spot={metSpot(at)}
      tabIndex={isFocus ? 0 : -1}
      aria-label={isEmpty ? `${where}. ${say("met_nothing")}` : undefined}
      aria-description={isEmpty ? undefined : told.filter((one) => one).join(". ")}
    >
      {isStep ? <StepEvidence card={card} hasFelt={false} /> : null}
    </div>
  );
}
