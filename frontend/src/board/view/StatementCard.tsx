import { memo } from "react";
import type { Card } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { scoreOf, textOf } from "../grid.ts";
import { altOf, picturePath } from "../pictures.ts";
import { CardPicture } from "./CardPicture.tsx";
import { Face } from "./Face.tsx";
import { Mark } from "./Mark.tsx";
import { signsOf } from "./marks.ts";
import { markTold } from "./markWords.ts";
import { TalkSign, useTalkTold } from "./TalkSign.tsx";
import { cardTitle, colorOf, laneTitle, scoreWords, signed } from "./titles.ts";
import { useMapLang } from "./useBoard.ts";
import { useMark } from "./useEvidence.ts";
import { Visitors } from "./Visitors.tsx";

export interface StatementCardProps {
  card: Card;
  /** What it stands in, in words. */
  home: string;
  /** Name of its persona, "" for everybody. */
  persona: string;
  isFocus: boolean;
  isMarked: boolean;
  visitors: string;
  canEdit: boolean;
}

/** One statement. It handles nothing itself: the board listens for all of them. */
export const StatementCard = memo(function StatementCard(props: StatementCardProps) {
  const { card, home, persona, isFocus, isMarked, visitors, canEdit } = props;
  const words = useWords();
  const { say } = words;
  const lang = useMapLang();
  const text = textOf(card.fields.text);
  const score = scoreOf(card);
  const signs = signsOf(card);
  const title = cardTitle(words, card);
  const told = say("in_cell", { text: title, lane: laneTitle(say, card.lane), step: home });
  const more = [
    signs.importance ? say("sign_importance", { count: signs.importance }) : "",
    signs.claim ? say("sign_claim") : "",
    signs.source === "ai" ? say("source_ai") : "",
    persona,
  ].filter((one) => one);
  const talked = useTalkTold(card.ref);
  const mark = useMark(card);
  const pictureTold = picturePath(card)
    ? [`${say("picture")}: ${altOf(card) || say("image_no_words")}`]
    : [];
  return (
    <div
      className={`board-card${isMarked ? " is-marked" : ""}`}
      data-look={colorOf(card.lane)}
      data-spot={card.ref}
      data-ref={card.ref}
      tabIndex={isFocus ? 0 : -1}
      role="group"
      aria-label={[told, ...more, ...pictureTold, talked].filter((one) => one).join(". ")}
      aria-description={mark ? markTold(words, mark) : undefined}
      data-differs={mark?.differs}
    >
      <CardPicture card={card} />
      {score === null ? null : (
        <p className="card-score">
          <Face score={score} />
          <strong dir="ltr">{signed(words, score)}</strong>
          <span>{scoreWords(say, score)}</span>
        </p>
      )}
      {text ? (
        <p className="card-text" dir="auto" lang={lang}>
          {text}
        </p>
      ) : null}
      {more.length > 0 ? <p className="card-signs">{more.join(" · ")}</p> : null}
      {mark ? <Mark mark={mark} /> : null}
      <TalkSign about={card.ref} />
      {visitors ? <Visitors told={visitors} /> : null}
      {canEdit ? (
        <button
          type="button"
          className="card-menu"
          data-act="menu"
          tabIndex={-1}
          aria-label={say("card_menu", { name: title })}
        >
          <span aria-hidden="true">⋯</span>
        </button>
      ) : null}
    </div>
  );
});
