import { memo } from "react";
import type { Card } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { nameOf, textOf } from "../grid.ts";
import type { Writing } from "../look.ts";
import { altOf, picturePath } from "../pictures.ts";
import { CardPicture } from "./CardPicture.tsx";
import { FieldEditor } from "./FieldEditor.tsx";
import type { Badge } from "./marks.ts";
import { NewEditor } from "./NewEditor.tsx";
import { StepEvidence } from "./StepEvidence.tsx";
import { ApartSign, TalkSign, useTalkTold } from "./TalkSign.tsx";
import { useMapLang } from "./useBoard.ts";
import { useStepTold } from "./useStepTold.ts";
import { Visitors } from "./Visitors.tsx";

export interface HeadProps {
  card: Card;
  spot: string;
  /** Columns it spans. */
  span: number;
  isFocus: boolean;
  isMarked: boolean;
  writing: Writing | null;
  visitors: string;
  canEdit: boolean;
  badge: Badge | null;
  /** "then Pay", one in a line. */
  ways: string;
  role: "columnheader" | "group";
}

/** The head of a stage or a step. */
export const Head = memo(HeadAsIs, isSame);

function HeadAsIs(props: HeadProps) {
  const { card, spot, span, isFocus, isMarked, writing, visitors, canEdit, badge, ways } = props;
  const { say } = useWords();
  const lang = useMapLang();
  const isStage = card.kind === "stage";
  const name = nameOf(card);
  const goal = isStage ? textOf(card.fields.goal) : "";
  const isMoment = card.fields.moment_of_truth === true;
  const talked = useTalkTold(card.ref);
  const { told, isDifferent } = useStepTold(card);
  const isOwn = writing?.what === "field" && writing.ref === card.ref;
  return (
    <div
      className={`board-head${isMarked ? " is-marked" : ""}`}
      data-kind={card.kind}
      role={props.role}
      aria-colspan={span > 1 && props.role === "columnheader" ? span : undefined}
      style={{ "--span": span }}
      data-spot={spot}
      data-ref={card.ref}
      tabIndex={isFocus ? 0 : -1}
      aria-label={[
        name,
        goal,
        isMoment ? say("moment_of_truth") : "",
        badge?.name ?? "",
        ...ways.split("\n"),
        talked,
        picturePath(card) ? `${say("picture")}: ${altOf(card) || say("image_no_words")}` : "",
      ]
        .filter((one) => one)
        .join(". ")}
      aria-description={told || undefined}
      data-differs={told ? isDifferent : undefined}
    >
      {isOwn ? (
        <FieldEditor card={card} field="name" label={say("name_of")} />
      ) : (
        // the menu stands at the end of the page's lines, whatever the direction of the name
        <div className="head-name">
          <p dir="auto" lang={lang}>
            {name}
          </p>
        </div>
      )}
      {goal ? (
        <p className="head-goal" dir="auto" lang={lang}>
          {goal}
        </p>
      ) : null}
      <CardPicture card={card} />
      {isMoment ? (
        <p className="head-moment">
          <span aria-hidden="true">◆ </span>
          {say("moment_of_truth")}
        </p>
      ) : null}
      {badge ? (
        <p className="badge" data-badge={badge.color}>
          <span className="badge-letters" aria-hidden="true">
            {badge.letters}
          </span>
          {badge.name}
        </p>
      ) : null}
      {ways
        ? ways.split("\n").map((way) => (
            <p key={way} className="head-way">
              {way}
            </p>
          ))
        : null}
      {card.kind === "step" && props.role === "group" ? <StepEvidence card={card} hasFelt /> : null}
      <TalkSign about={card.ref} />
      <ApartSign about={card.ref} />
      {visitors ? <Visitors told={visitors} /> : null}
      {canEdit ? (
        <button
          type="button"
          className="card-menu"
          data-act="menu"
          tabIndex={-1}
          aria-label={say("card_menu", { name })}
        >
          <span aria-hidden="true">⋯</span>
        </button>
      ) : null}
      {writing && !isOwn ? (
        <NewEditor isLine label={say(writing.what === "stage" ? "new_stage" : "new_step")} />
      ) : null}
    </div>
  );
}

function isSame(one: HeadProps, other: HeadProps): boolean {
  return (
    one.card === other.card &&
    one.spot === other.spot &&
    one.span === other.span &&
    one.isFocus === other.isFocus &&
    one.isMarked === other.isMarked &&
    one.writing === other.writing &&
    one.visitors === other.visitors &&
    one.canEdit === other.canEdit &&
    one.ways === other.ways &&
    one.role === other.role &&
    one.badge?.name === other.badge?.name &&
    one.badge?.color === other.badge?.color
  );
}

/** The writing that belongs to a head, null for all others. */
export function writingAt(card: Card, writing: Writing | null): Writing | null {
  if (!writing) return null;
  if (writing.what === "field") return writing.ref === card.ref ? writing : null;
  if (writing.what === "statement") return null;
  if (writing.what === "step" && !writing.after) return writing.stage === card.ref ? writing : null;
  return writing.after === card.ref ? writing : null;
}
