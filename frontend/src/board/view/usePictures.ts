import { useCallback, useEffect, useState } from "react";
import { api, Refused } from "../../api/client.ts";
import type { ImageMade } from "../../api/types/index.ts";
import type { Card } from "../../doc/board.ts";
import { tell } from "../../ui/Toasts.tsx";
import { codeWords } from "../../ui/words/codes.ts";
import { useWords } from "../../ui/words/useWords.ts";
import type { Words } from "../../ui/words/words.ts";
import { together } from "../making.ts";
import { mayHavePicture, PICTURES, pictured } from "../pictures.ts";
import { useHand } from "./useBoard.ts";

const TARGET = "is-target-inside";

/** Sends a file and puts it on a card; where it cannot, says why. Gives whether it went well. */
export type SendPicture = (card: Card, file: File) => Promise<boolean>;

/** How a picture comes onto a card, wherever it was chosen. */
export function useSendPicture(): { send: SendPicture; isSending: boolean } {
  const hand = useHand();
  const words = useWords();
  const [count, setCount] = useState(0);
  const send = useCallback(
    async (card: Card, file: File) => {
      setCount((before) => before + 1);
      try {
        if (!PICTURES.includes(file.type)) throw new Refused(NO_PICTURE);
        const made = await api.post<ImageMade>("/api/images", file);
        // the board may have gone on meanwhile
        const now = hand.board?.find(card.ref);
        if (!now || now.gone || !hand.send(together(pictured(now, made.id)))) return false;
        hand.tell({ news: "picture", ref: card.ref });
        return true;
      } catch (error) {
        tell({ words: words.say("image_wrong", { why: whyNot(error, words) }), kind: "trouble" });
        return false;
      } finally {
        setCount((before) => before - 1);
      }
    },
    [hand, words],
  );
  return { send, isSending: count > 0 };
}

const NO_PICTURE = { status: 0, code: "E717", title: "this is not a picture" };

function whyNot(error: unknown, { say }: Words): string {
  if (!(error instanceof Refused)) return say("went_wrong");
  const known = codeWords(error.code, error.status);
  return known ? say(known) : [error.title, error.detail].filter(Boolean).join(". ");
}

/** The card something would be put on, with where it is drawn. */
function under(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>("[data-ref]") : null;
}

/** Takes files that are dropped on cards. A file beside them does not replace the page. */
export function useDroppedPictures(place: React.RefObject<HTMLElement | null>): void {
  const hand = useHand();
  const { say } = useWords();
  const { send } = useSendPicture();
  useEffect(() => {
    let lit: HTMLElement | null = null;
    const light = (node: HTMLElement | null) => {
      lit?.classList.remove(TARGET);
      lit = node;
      lit?.classList.add(TARGET);
    };
    const cardAt = (event: DragEvent) => {
      const node = under(event.target);
      if (!node || !place.current?.contains(node)) return null;
      const card = hand.board?.find(node.dataset.ref ?? "");
      return mayHavePicture(card) && hand.may(card.lane) ? { card, node } : null;
    };
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      const found = cardAt(event);
      event.dataTransfer.dropEffect = found ? "copy" : "none";
      light(found?.node ?? null);
    };
    const drop = (event: DragEvent) => {
      const [file] = event.dataTransfer?.files ?? [];
      light(null);
      if (!file) return;
      event.preventDefault();
      const found = cardAt(event);
      if (!found) {
        tell({ words: say("image_where") });
        return;
      }
      hand.stand(found.card.ref, true);
      send(found.card, file);
    };
    const leave = () => light(null);
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    document.addEventListener("dragleave", leave);
    return () => {
      light(null);
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
      document.removeEventListener("dragleave", leave);
    };
  }, [hand, place, say, send]);
}
