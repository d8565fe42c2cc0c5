import { useEffect, useMemo } from "react";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { Hand } from "../hand.ts";
import { mayHavePicture, pictureIn } from "../pictures.ts";
import { cellsBetween, HEADS } from "../spots.ts";
import { type TableWords, tableOf } from "../table.ts";
import { laneTitle } from "./titles.ts";
import { useHand } from "./useBoard.ts";
import { useSendPicture } from "./usePictures.ts";

/** How a table of this board names lanes, in the language of the page. */
export function useTableWords(): TableWords {
  const { say } = useWords();
  return useMemo(
    () => ({
      laneName: (lane: string) => laneTitle(say, lane),
      wholeJourney: say("whole_journey"),
    }),
    [say],
  );
}

/** Copies what is marked, or the cell stood in, for a spreadsheet; asks about what is pasted from one. */
export function useClipboard(place: React.RefObject<HTMLElement | null>): void {
  const hand = useHand();
  const { say } = useWords();
  const words = useTableWords();
  const { send } = useSendPicture();
  useEffect(() => {
    const isOurs = (event: ClipboardEvent) => {
      const { activeElement } = document;
      const isText =
        activeElement instanceof HTMLTextAreaElement || activeElement instanceof HTMLInputElement;
      const isWithin = activeElement && place.current?.contains(activeElement);
      return !isText && isWithin && event.clipboardData ? event.clipboardData : null;
    };
    const copy = (event: ClipboardEvent) => {
      const data = isOurs(event);
      const text = data ? markedText(hand, words) : "";
      if (!data || !text || document.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      data.setData("text/plain", text);
      tell({ words: say("clip_copied", { count: text.trimEnd().split("\n").length }) });
    };
    const paste = (event: ClipboardEvent) => {
      const data = isOurs(event);
      if (!data) return;
      const picture = pictureIn(data);
      if (picture) {
        event.preventDefault();
        const card = hand.card();
        if (!mayHavePicture(card)) tell({ words: say("image_where") });
        else if (!hand.may(card.lane)) hand.tell({ news: "reading" });
        else send(card, picture);
        return;
      }
      if (!hand.may()) return;
      const text = data.getData("text/plain");
      const html = data.getData("text/html");
      if (!text && !html) return;
      event.preventDefault();
      hand.ask({ ask: "paste", text, html });
    };
    document.addEventListener("copy", copy);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", copy);
      document.removeEventListener("paste", paste);
    };
  }, [hand, place, say, send, words]);
}

/** What is marked as text of a table; from the corner the whole board. */
function markedText(hand: Hand, words: TableWords): string {
  const { board } = hand;
  if (!board) return "";
  const grid = hand.grid(board);
  const { anchor } = hand.getSnapshot();
  const focus = hand.spot(board);
  if (focus.startsWith("corner:") && !anchor) {
    return tableOf(board, { ...grid, hasHeads: true }, words).text;
  }
  const marked = cellsBetween(grid, board, anchor || focus, focus);
  if (!marked) return "";
  const [top, bottom] = marked.rows;
  const [first, last] = marked.columns;
  const part = {
    columns: grid.columns.slice(first, last + 1),
    lanes: grid.lanes.slice(Math.max(0, top - HEADS), Math.max(0, bottom - HEADS + 1)),
    hasHeads: top < HEADS,
  };
  return tableOf(board, part, words).text;
}
