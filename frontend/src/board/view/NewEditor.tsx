import { useLayoutEffect, useRef } from "react";
import { isComposing } from "../../ui/composing.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { useHand, useMapLang } from "./useBoard.ts";

/** Where the text of something new is written: Enter keeps it, Esc drops it. */
export function NewEditor({ label, isLine }: { label: string; isLine?: boolean }) {
  const hand = useHand();
  const lang = useMapLang();
  const { say } = useWords();
  const place = useRef<HTMLTextAreaElement>(null);
  const isDone = useRef(false);
  useLayoutEffect(() => {
    place.current?.focus();
    place.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, []);
  const finish = (text: string) => {
    if (isDone.current) return;
    isDone.current = true;
    hand.finish(text);
  };
  return (
    <textarea
      ref={place}
      className="board-editor"
      rows={isLine ? 1 : 2}
      dir="auto"
      lang={lang}
      aria-label={label}
      placeholder={say("new_text")}
      enterKeyHint="done"
      onBlur={(event) => finish(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (isComposing(event)) return;
        if (event.key === "Escape") finish("");
        if (event.key === "Enter" && !event.shiftKey) {
          event.preventDefault();
          finish(event.currentTarget.value);
        }
      }}
    />
  );
}
