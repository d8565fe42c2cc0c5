import { useRef } from "react";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { type Column, chipsOf, nameOf, textOf } from "../grid.ts";
import { cellSpot } from "../spots.ts";
import { onwardOf } from "../ways.ts";
import { Cell } from "./Cell.tsx";
import { cellKey, NOBODY, personasOf, visitorsOf, writingKey } from "./drawn.ts";
import { Head, writingAt } from "./Heads.tsx";
import { badgeOf } from "./marks.ts";
import { columnTitle, laneTitle } from "./titles.ts";
import { type Shown, useHand } from "./useBoard.ts";
import { useListening } from "./useListening.ts";

/** The board on a narrow screen: stage after stage, step after step, lane after lane. */
export function BoardList({ board, view, look }: Shown) {
  const hand = useHand();
  const { say } = useWords();
  const sheet = useRef<HTMLDivElement>(null);
  const grid = hand.grid(board);
  const listening = useListening(sheet, look, grid, board);
  const focus = hand.spot(board);
  const visitors = visitorsOf(view.people);
  const onward = onwardOf(board);
  const canEdit = hand.may();
  const focusCell = cellKey(grid, board, focus);
  const writingIn = writingKey(board, look.writing);
  const personas = personasOf(board);
  const whole = grid.columns.find((column) => column.kind === "map");

  const walk = (event: React.KeyboardEvent<HTMLElement>) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const isPlain = !event.altKey && !event.shiftKey && !event.ctrlKey && !event.metaKey;
    const isText = event.target instanceof HTMLTextAreaElement;
    if (!by || !isPlain || isText) return listening.onKeyDown(event);
    const spots = [...(sheet.current?.querySelectorAll<HTMLElement>("[data-spot]") ?? [])];
    const at = spots.findIndex((one) => one.dataset.spot === focus);
    const next = spots[at + by]?.dataset.spot;
    event.preventDefault();
    if (next) hand.stand(next, true);
  };

  const lanesAt = (column: Column) =>
    grid.lanes.map((lane) => {
      const key = cellSpot(column.at, lane.name);
      const cards = board.row(column.at, "statement", lane.name);
      const isVisited = visitors !== NOBODY && cards.some((card) => visitors.has(card.ref));
      return (
        <section key={lane.name} className="list-lane" data-lane={lane.name}>
          <h4>{laneTitle(say, lane.name)}</h4>
          <Cell
            role="group"
            at={column.at}
            lane={lane.name}
            home={columnTitle(say, column)}
            cards={cards}
            chips={chipsOf(board, column, lane.name)}
            focus={key === focusCell ? focus : ""}
            isMarked={false}
            writing={key === writingIn ? look.writing : null}
            visitors={isVisited ? visitors : NOBODY}
            personas={personas}
            canEdit={hand.may(lane.name)}
          />
        </section>
      );
    });

  return (
    <div
      ref={sheet}
      className="board-list"
      role="group"
      aria-label={say("board_of", { title: titleOf() })}
      {...listening}
      onKeyDown={walk}
    >
      {grid.spans.map((span) => (
        <section key={span.ref} className="list-stage">
          <h2 className="unseen">{nameOf(span.card)}</h2>
          <Head
            card={span.card}
            spot={span.ref}
            span={1}
            isFocus={focus === span.ref}
            isMarked={false}
            writing={writingAt(span.card, look.writing)}
            visitors={visitors.get(span.ref) ?? ""}
            canEdit={canEdit}
            badge={null}
            ways=""
            role="group"
          />
          {grid.columns.slice(span.from, span.from + span.count).map((column) => (
            <section key={column.at} className="list-step">
              <h3 className={column.kind === "step" ? "unseen" : ""}>
                {column.kind === "step" ? nameOf(column.card) : say("whole_stage")}
              </h3>
              {column.kind === "step" ? (
                <Head
                  card={column.card}
                  spot={column.at}
                  span={1}
                  isFocus={focus === column.at}
                  isMarked={false}
                  writing={writingAt(column.card, look.writing)}
                  visitors={visitors.get(column.at) ?? ""}
                  canEdit={canEdit}
                  badge={badgeOf(board, textOf(column.card.fields.organization))}
                  ways={(onward.get(column.at) ?? [])
                    .map(({ step, isBack }) => say(isBack ? "goes_back_to" : "goes_to", { step }))
                    .join("\n")}
                  role="group"
                />
              ) : null}
              {lanesAt(column)}
            </section>
          ))}
        </section>
      ))}
      {whole ? (
        <section className="list-stage list-step">
          <h2>{say("whole_journey")}</h2>
          {lanesAt(whole)}
        </section>
      ) : null}
      {canEdit ? (
        <p className="list-end">
          <Button icon="add" onPress={() => hand.write({ what: "stage", after: last() })}>
            {say("new_stage")}
          </Button>
        </p>
      ) : null}
    </div>
  );

  function titleOf(): string {
    const map = board.find("map");
    return map ? nameOf(map) : "";
  }

  function last(): string {
    return grid.spans.at(-1)?.ref ?? "";
  }
}
