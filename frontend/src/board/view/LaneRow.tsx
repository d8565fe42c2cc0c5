import { memo } from "react";
import type { Board } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { chipsOf, EMOTION, type Grid, type Lane } from "../grid.ts";
import type { Writing } from "../look.ts";
import { cellSpot } from "../spots.ts";
import { Cell } from "./Cell.tsx";
import { CurveLegend } from "./CurveLegend.tsx";
import { NOBODY, personasOf, writingKey } from "./drawn.ts";
import { EmotionBand } from "./EmotionBand.tsx";
import { colorOf, columnTitle, laneTitle } from "./titles.ts";

export interface LaneRowProps {
  board: Board;
  grid: Grid;
  lane: Lane;
  /** Persona whose curve is drawn by hand. */
  persona: string;
  /** What is written in this lane, null else. */
  writing: Writing | null;
  /** Key of the cell stood in and the spot there; "" where they are not in this lane. */
  focusCell: string;
  focus: string;
  canEdit: boolean;
  visitors: ReadonlyMap<string, string>;
  marked: readonly [number, number] | null;
}

/** A lane: its name and a cell for every column. Drawn anew only when something in it changed. */
export const LaneRow = memo(LaneRowAsIs, isSame);

function LaneRowAsIs(props: LaneRowProps) {
  const { board, grid, lane, persona, writing, focusCell, focus, visitors, marked } = props;
  const { canEdit } = props;
  const { say } = useWords();
  const writingIn = writingKey(board, writing);
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
          {lane.name === EMOTION ? <CurveLegend board={board} columns={grid.columns} /> : null}
        </div>
        {lane.name === EMOTION && grid.columns.length > 0 ? (
          <EmotionBand board={board} columns={grid.columns} persona={persona} canEdit={canEdit} />
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
              writing={key === writingIn ? writing : null}
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

function isSame(one: LaneRowProps, other: LaneRowProps): boolean {
  return (
    one.focus === other.focus &&
    one.focusCell === other.focusCell &&
    one.writing === other.writing &&
    one.persona === other.persona &&
    one.visitors === other.visitors &&
    one.canEdit === other.canEdit &&
    one.lane.name === other.lane.name &&
    one.lane.line === other.lane.line &&
    one.marked?.[0] === other.marked?.[0] &&
    one.marked?.[1] === other.marked?.[1] &&
    (one.board === other.board || isSameBoard(one, other))
  );
}

function isSameBoard(one: LaneRowProps, other: LaneRowProps): boolean {
  const rows = (of: LaneRowProps) => [
    of.board.row("map", "touchpoint"),
    of.board.row("map", "persona"),
    of.board.find("map"),
  ];
  const [before, now] = [rows(one), rows(other)];
  const { columns } = one.grid;
  return (
    columns.length === other.grid.columns.length &&
    before.every((row, place) => row === now[place]) &&
    columns.every((column, place) => {
      const same = other.grid.columns[place];
      return (
        same?.card === column.card &&
        same.kind === column.kind &&
        one.board.row(column.at, "statement", one.lane.name) ===
          other.board.row(column.at, "statement", one.lane.name)
      );
    })
  );
}
