import { memo, useRef } from "react";
import type { Card } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import type { Chip } from "../grid.ts";
import type { Writing } from "../look.ts";
import { cellSpot } from "../spots.ts";
import { ChipMark } from "./ChipMark.tsx";
import { FieldEditor } from "./FieldEditor.tsx";
import { NewEditor } from "./NewEditor.tsx";
import { StatementCard } from "./StatementCard.tsx";
import { colorOf, laneTitle } from "./titles.ts";
import { useMapLang } from "./useBoard.ts";

export interface CellProps {
  at: string;
  lane: string;
  /** What it stands in, in words. */
  home: string;
  cards: readonly Card[];
  chips: readonly Chip[];
  /** The spot stood on, where it is in this cell; else "". */
  focus: string;
  isMarked: boolean;
  /** What is written in this cell, null else. */
  writing: Writing | null;
  /** Who is at a card of this cell; the same empty map where nobody is. */
  visitors: ReadonlyMap<string, string>;
  /** Names of personas by id. */
  personas: ReadonlyMap<string, string>;
  canEdit: boolean;
  role: "gridcell" | "group";
}

/** One cell: cards from top to bottom. Drawn anew only when something in it changed. */
export const Cell = memo(CellAsIs, isSame);

function CellAsIs(props: CellProps) {
  const { at, lane, home, cards, chips, focus, isMarked, writing, visitors, canEdit } = props;
  const { say } = useWords();
  const lang = useMapLang();
  const drawn = useRef(0);
  drawn.current += 1;
  const title = laneTitle(say, lane);
  const isEmpty = cards.length === 0 && chips.length === 0;
  const spot = cellSpot(at, lane);
  const after = writing?.what === "statement" ? writing.after : "";
  const draft = writing?.what === "statement" ? <NewEditor label={say("new_statement")} /> : null;
  return (
    <div
      className={`board-cell${isMarked ? " is-marked" : ""}`}
      role={props.role}
      data-at={at}
      data-lane={lane}
      data-drawn={drawn.current}
      data-spot={isEmpty ? spot : undefined}
      tabIndex={isEmpty ? (focus ? 0 : -1) : undefined}
      aria-label={
        isEmpty || props.role === "group"
          ? say("empty_cell", { lane: title, step: home })
          : undefined
      }
    >
      {chips.map((chip) => (
        <div
          key={chip.key}
          className="board-chip"
          data-look={colorOf(lane)}
          data-spot={`chip:${chip.key}`}
          data-touchpoint={`touchpoint:${chip.touchpoint}`}
          tabIndex={focus === `chip:${chip.key}` ? 0 : -1}
          role="group"
          aria-label={say("from_touchpoint", { text: chip.text, lane: title, step: home })}
        >
          <span dir="auto" lang={lang}>
            {chip.text}
          </span>
          {chip.note ? <span className="chip-note">{chip.note}</span> : null}
          <ChipMark touchpoint={chip.touchpoint} lane={lane} />
        </div>
      ))}
      {after ? null : cards.length === 0 ? draft : null}
      {cards.map((card) => (
        <div key={card.ref} className="card-place">
          {writing?.what === "field" && writing.ref === card.ref ? (
            <FieldEditor card={card} field="text" label={say("text_of")} />
          ) : (
            <StatementCard
              card={card}
              home={home}
              persona={personaOf(card, props.personas)}
              isFocus={focus === card.ref}
              isMarked={isMarked}
              visitors={visitors.get(card.ref) ?? ""}
              canEdit={canEdit}
            />
          )}
          {after === card.ref ? draft : null}
        </div>
      ))}
      {!after && cards.length > 0 ? draft : null}
      {canEdit ? (
        <button
          type="button"
          className="cell-add"
          data-act="new"
          tabIndex={-1}
          aria-label={say("new_statement")}
        >
          <span aria-hidden="true">+</span>
        </button>
      ) : null}
    </div>
  );
}

function personaOf(card: Card, personas: ReadonlyMap<string, string>): string {
  const { persona } = card.fields;
  return typeof persona === "string" ? (personas.get(persona) ?? persona) : "";
}

function isSame(one: CellProps, other: CellProps): boolean {
  return (
    one.cards === other.cards &&
    one.focus === other.focus &&
    one.writing === other.writing &&
    one.isMarked === other.isMarked &&
    one.visitors === other.visitors &&
    one.canEdit === other.canEdit &&
    one.home === other.home &&
    one.lane === other.lane &&
    one.at === other.at &&
    one.role === other.role &&
    one.personas === other.personas &&
    one.chips.length === other.chips.length &&
    one.chips.every((chip, place) => {
      const now = other.chips[place];
      return now?.key === chip.key && now.note === chip.note;
    })
  );
}
