import type { Board } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { chipsOf, EMOTION, type Grid, type Lane } from "../grid.ts";
import type { Look } from "../look.ts";
import { cellSpot } from "../spots.ts";
import { Cell } from "./Cell.tsx";
import { NOBODY, personasOf, writingKey } from "./drawn.ts";
import { EmotionBand } from "./EmotionBand.tsx";
import { colorOf, columnTitle, laneTitle } from "./titles.ts";
import { useHand } from "./useBoard.ts";

export interface LaneRowProps {
  board: Board;
  grid: Grid;
  lane: Lane;
  look: Look;
  /** Key of the cell stood in, "" for heads. */
  focusCell: string;
  focus: string;
  visitors: ReadonlyMap<string, string>;
  marked: readonly [number, number] | null;
}

/** A lane: its name and a cell for every column. */
export function LaneRow(props: LaneRowProps) {
  const { board, grid, lane, look, focusCell, focus, visitors, marked } = props;
  const hand = useHand();
  const { say } = useWords();
  const canEdit = hand.may(lane.name);
  const writingIn = writingKey(board, look.writing);
  const title = laneTitle(say, lane.name);
  const personas = personasOf(board);
  return (
    <>
      {lane.line ? (
        <div className="board-line" aria-hidden="true">
          <span>{say(`line_${lane.line}`)}</span>
        </div>
      ) : null}
      <div className="board-row" role="row" data-lane={lane.name}>
        <div
          className="lane-name"
          role="rowheader"
          data-look={colorOf(lane.name)}
          data-spot={`lane:${lane.name}`}
          tabIndex={focus === `lane:${lane.name}` ? 0 : -1}
        >
          <span dir="auto">{title}</span>
          {lane.line ? <span className="unseen">{say(`line_${lane.line}`)}</span> : null}
        </div>
        {lane.name === EMOTION && grid.columns.length > 0 ? (
          <EmotionBand
            board={board}
            columns={grid.columns}
            persona={look.persona}
            canEdit={canEdit}
          />
        ) : null}
        {grid.columns.map((column, index) => {
          const key = cellSpot(column.at, lane.name);
          const cards = board.row(column.at, "statement", lane.name);
          const isVisited = visitors !== NOBODY && cards.some((card) => visitors.has(card.ref));
          return (
            <Cell
              key={column.at}
              role="gridcell"
              at={column.at}
              lane={lane.name}
              home={columnTitle(say, column)}
              cards={cards}
              chips={chipsOf(board, column, lane.name)}
              focus={key === focusCell ? focus : ""}
              isMarked={marked !== null && index >= marked[0] && index <= marked[1]}
              writing={key === writingIn ? look.writing : null}
              visitors={isVisited ? visitors : NOBODY}
              personas={personas}
              canEdit={canEdit}
            />
          );
        })}
      </div>
    </>
  );
}
