import { useLayoutEffect, useMemo, useRef } from "react";
import { useWords } from "../../ui/words/useWords.ts";
import { nameOf, textOf } from "../grid.ts";
import { cellOf, HEADS } from "../spots.ts";
import { onwardOf } from "../ways.ts";
import { cellKey, markedOf, visitorsOf, writingLaneOf } from "./drawn.ts";
import { Head, writingAt } from "./Heads.tsx";
import { LaneRow } from "./LaneRow.tsx";
import { badgeOf } from "./marks.ts";
import { MetRow } from "./StepEvidence.tsx";
import { homeTitle } from "./titles.ts";
import { type Shown, useHand } from "./useBoard.ts";
import { useListening } from "./useListening.ts";

/** The board on a wide screen: a grid of stages, steps and lanes. */
export function BoardGrid({ board, view, look }: Shown) {
  const hand = useHand();
  const { say } = useWords();
  const frame = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const heads = useRef<HTMLDivElement>(null);
  const grid = hand.grid(board);
  const focus = hand.spot(board);
  const listening = useListening(sheet, look, grid, board);
  const visitors = useMemo(() => visitorsOf(view.people), [view.people]);
  const marked = markedOf(grid, board, look);
  const onward = useMemo(() => onwardOf(board), [board]);
  const canEdit = hand.may();
  const focusCell = cellKey(grid, board, focus);
  const focusLane = focus.startsWith("lane:")
    ? focus.slice("lane:".length)
    : cellOf(grid, board, focus).lane;
  const writingLane = writingLaneOf(board, look.writing);
  useFit(frame, sheet, look.zoom, grid.columns.length);
  useRoomBelow(frame, heads);

  const isMarkedColumn = (row: number, column: number) =>
    marked !== null &&
    row >= marked.rows[0] &&
    row <= marked.rows[1] &&
    column >= marked.columns[0] &&
    column <= marked.columns[1];
  const waysOf = (ref: string) =>
    (onward.get(ref) ?? [])
      .map(({ step, isBack }) => say(isBack ? "goes_back_to" : "goes_to", { step }))
      .join("\n");

  return (
    <div className="board-frame" ref={frame}>
      <div
        ref={sheet}
        className="board-sheet"
        role="grid"
        aria-label={say("board_of", { title: homeName(board) })}
        aria-multiselectable
        style={{ "--columns": grid.columns.length }}
        {...listening}
      >
        <div className="board-top" role="rowgroup" ref={heads}>
          <div className="board-row board-heads" role="row">
            <Corner row={0} focus={focus} words={say("stages")} />
            {grid.spans.map((span) => (
              <Head
                key={span.ref}
                card={span.card}
                spot={span.ref}
                span={span.count}
                isFocus={focus === span.ref}
                isMarked={isMarkedColumn(0, span.from)}
                writing={writingAt(span.card, look.writing)}
                visitors={visitors.get(span.ref) ?? ""}
                canEdit={canEdit}
                badge={null}
                ways=""
                role="columnheader"
              />
            ))}
            {grid.columns.some((column) => column.kind === "map") ? (
              <div className="board-head" data-kind="whole" role="columnheader">
                <p className="head-name">{say("whole_journey")}</p>
              </div>
            ) : null}
          </div>
          <div className="board-row board-steps" role="row">
            <Corner row={1} focus={focus} words={say("steps")} />
            {grid.columns.map((column, index) =>
              column.kind === "step" ? (
                <Head
                  key={column.at}
                  card={column.card}
                  spot={column.at}
                  span={1}
                  isFocus={focus === column.at}
                  isMarked={isMarkedColumn(1, index)}
                  writing={writingAt(column.card, look.writing)}
                  visitors={visitors.get(column.at) ?? ""}
                  canEdit={canEdit}
                  badge={badgeOf(board, textOf(column.card.fields.organization))}
                  ways={waysOf(column.at)}
                  role="columnheader"
                />
              ) : (
                <div
                  key={column.at}
                  className="board-head"
                  data-kind="whole"
                  role="columnheader"
                  data-spot={`head:${column.at}`}
                  tabIndex={focus === `head:${column.at}` ? 0 : -1}
                >
                  <p className="head-name">
                    {say(column.kind === "map" ? "whole_journey" : "whole_stage")}
                  </p>
                </div>
              ),
            )}
          </div>
        </div>
        <MetRow columns={grid.columns} focus={focus.startsWith("met:") ? focus : ""} />
        {grid.lanes.map((lane, index) => (
          <LaneRow
            key={lane.name}
            board={board}
            grid={grid}
            lane={lane}
            persona={look.persona}
            writing={writingLane === lane.name ? look.writing : null}
            focusCell={focusLane === lane.name ? focusCell : ""}
            focus={focusLane === lane.name ? focus : ""}
            canEdit={hand.may(lane.name)}
            visitors={visitors}
            marked={
              marked && index + HEADS >= marked.rows[0] && index + HEADS <= marked.rows[1]
                ? marked.columns
                : null
            }
          />
        ))}
      </div>
    </div>
  );

  function homeName(of: typeof board): string {
    const map = of.find("map");
    return map ? nameOf(map) : homeTitle(say, of, "map");
  }
}

function Corner({ row, focus, words }: { row: number; focus: string; words: string }) {
  return (
    <div
      className="board-corner"
      role="columnheader"
      data-spot={`corner:${row}`}
      tabIndex={focus === `corner:${row}` ? 0 : -1}
    >
      {words}
    </div>
  );
}

const AIR_PX = 8;

/** What is scrolled to is not hidden by the heads, however high they are. */
function useRoomBelow(
  frame: React.RefObject<HTMLDivElement | null>,
  heads: React.RefObject<HTMLDivElement | null>,
): void {
  useLayoutEffect(() => {
    const [outer, inner] = [frame.current, heads.current];
    if (!outer || !inner) return;
    const watching = new ResizeObserver(() => {
      const isSticky = getComputedStyle(inner).position === "sticky";
      const room = isSticky ? inner.getBoundingClientRect().height + AIR_PX : AIR_PX;
      outer.style.scrollPaddingBlockStart = `${room}px`;
    });
    watching.observe(inner);
    return () => watching.disconnect();
  }, [frame, heads]);
}

/** Forty steps fit a wide screen. */
const LEAST = 0.2;

/** Size of the sheet: as chosen, or such that all columns fit the width. */
function useFit(
  frame: React.RefObject<HTMLDivElement | null>,
  sheet: React.RefObject<HTMLDivElement | null>,
  zoom: number,
  columns: number,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: more columns need a smaller size
  useLayoutEffect(() => {
    const fit = () => {
      const [outer, inner] = [frame.current, sheet.current];
      if (!outer || !inner) return;
      inner.style.zoom = "1";
      const size = zoom || Math.min(1, Math.max(LEAST, outer.clientWidth / inner.scrollWidth));
      inner.style.zoom = String(size);
    };
    fit();
    window.addEventListener("resize", fit);
    return () => window.removeEventListener("resize", fit);
  }, [zoom, columns]);
}
