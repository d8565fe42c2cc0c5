import { useLayoutEffect } from "react";
import type { Card } from "../../doc/board.ts";
import { isComposing } from "../../ui/composing.ts";
import { scoreOf, textOf } from "../grid.ts";
import { imageOf } from "../pictures.ts";
import { useHand, useMapLang } from "./useBoard.ts";
import { useTyping } from "./useTyping.ts";

/** Where the text or the name of a card is written, in its place on the board. */
export function FieldEditor(props: { card: Card; field: "text" | "name"; label: string }) {
  const { card, field, label } = props;
  const hand = useHand();
  const lang = useMapLang();
  const typing = useTyping(hand.desk, card.ref, field, field === "name");
  const { box, isReady } = typing;
  useLayoutEffect(() => {
    const node = box.current;
    if (!node || !isReady) return;
    node.focus();
    node.setSelectionRange(node.value.length, node.value.length);
    node.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [box, isReady]);
  const stop = () => {
    hand.write(null);
    const now = hand.board?.find(card.ref);
    // a statement that says nothing any more
    if (now?.kind !== "statement" || textOf(now.fields.text)) return;
    if (scoreOf(now) === null && !imageOf(now)) hand.take(now);
  };
  return (
    <textarea
      ref={(node) => {
        box.current = node;
      }}
      className="board-editor"
      rows={1}
      dir="auto"
      lang={lang}
      aria-label={label}
      value={typing.text}
      {...typing.ears}
      onBlur={() => {
        typing.ears.onBlur();
        const { writing } = hand.getSnapshot();
        if (writing?.what === "field" && writing.ref === card.ref) stop();
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (isComposing(event)) return;
        if (event.key === "Escape") {
          typing.cancel();
          hand.write(null);
        }
        if (event.key === "Enter" && !event.shiftKey) {
          event.preventDefault();
          typing.ears.onBlur();
          stop();
        }
      }}
    />
  );
}
