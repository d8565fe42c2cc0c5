import { useLayoutEffect, useState } from "react";
import type { Board } from "../../doc/board.ts";
import { isComposing } from "../../ui/composing.ts";
import { act } from "../acts.ts";
import { EMOTION, type Grid } from "../grid.ts";
import { actOf } from "../keys.ts";
import type { Look } from "../look.ts";
import { beginDrag } from "./drag.ts";
import { useHand } from "./useBoard.ts";

/** The spot an event is of, "" where it is of none. */
function spotOf(target: EventTarget | null): string {
  const found = target instanceof Element ? target.closest<HTMLElement>("[data-spot]") : null;
  return found?.dataset.spot ?? "";
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

/** One set of ears for the whole board, wide or narrow, so that cells need none. */
export function useListening(
  sheet: React.RefObject<HTMLDivElement | null>,
  look: Look,
  grid: Grid,
  board: Board,
) {
  const hand = useHand();
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for again on every board, until it is drawn
  useLayoutEffect(() => {
    if (hand.grabbed === look.grab || look.writing || look.question) return;
    const spot = hand.spot(board);
    const found = sheet.current?.querySelector<HTMLElement>(`[data-spot="${CSS.escape(spot)}"]`);
    if (!found) return;
    hand.grabbed = look.grab;
    found.focus();
  }, [look, board, grid]);

  return {
    onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => {
      if (isText(event.target) || isComposing(event)) return;
      if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
        event.preventDefault();
        openMenu(hand.card()?.ref ?? "", sheet.current);
        return;
      }
      const isButton = event.target instanceof HTMLButtonElement;
      if (isButton && (event.key === "Enter" || event.key === " ")) return;
      const isMirrored = document.documentElement.dir === "rtl";
      const found = actOf(event, isMirrored);
      if (found && act(hand, found)) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    onFocus: (event: React.FocusEvent<HTMLElement>) => {
      const spot = spotOf(event.target);
      if (spot && !isText(event.target)) hand.stand(spot, false, hand.getSnapshot().anchor);
    },
    onClick: (event: React.MouseEvent<HTMLElement>) => {
      const button =
        event.target instanceof Element
          ? event.target.closest<HTMLElement>("button[data-act]")
          : null;
      if (button?.dataset.act === "new") addAt(button);
      if (button?.dataset.act === "menu") openMenu(spotOf(button), sheet.current);
    },
    onDoubleClick: (event: React.MouseEvent<HTMLElement>) => {
      const isButton = event.target instanceof Element && event.target.closest("button");
      const spot = spotOf(event.target);
      if (isButton || isText(event.target) || !spot) return;
      hand.stand(spot);
      act(hand, { act: "edit" });
    },
    onContextMenu: (event: React.MouseEvent<HTMLElement>) => {
      const spot = spotOf(event.target);
      if (!board.find(spot) || isText(event.target)) return;
      event.preventDefault();
      openMenu(spot, sheet.current);
    },
    onPointerDown: (event: React.PointerEvent<HTMLElement>) => {
      if (isText(event.target)) return;
      const spot = spotOf(event.target);
      if (event.shiftKey && spot) {
        event.preventDefault();
        hand.stand(spot, true, hand.getSnapshot().anchor || hand.getSnapshot().focus);
        return;
      }
      if (hand.getSnapshot().anchor) hand.set({ anchor: "" });
      beginDrag(event.nativeEvent, hand);
    },
  };

  function addAt(button: HTMLElement): void {
    const cell = button.closest<HTMLElement>("[data-at]");
    const { at = "", lane = "" } = cell?.dataset ?? {};
    if (lane === "touchpoints" && at.startsWith("step:")) {
      hand.ask({ ask: "touchpoints", step: at });
      return;
    }
    const last = board.row(at, "statement", lane).at(-1);
    hand.write({ what: "statement", at, lane, after: lane === EMOTION ? "" : (last?.ref ?? "") });
  }

  function openMenu(spot: string, within: HTMLElement | null): void {
    const card = within?.querySelector<HTMLElement>(`[data-ref="${CSS.escape(spot)}"]`);
    if (!card) return;
    hand.stand(spot, true);
    card.dispatchEvent(new CustomEvent("board-menu", { bubbles: true, detail: spot }));
  }
}

/** The card whose menu is open. */
export function useMenu(place: React.RefObject<HTMLElement | null>) {
  const [menu, setMenu] = useState<{ ref: string; at: HTMLElement } | null>(null);
  useLayoutEffect(() => {
    const node = place.current;
    const open = (event: Event) => {
      if (event instanceof CustomEvent && event.target instanceof HTMLElement) {
        setMenu({ ref: String(event.detail), at: event.target });
      }
    };
    node?.addEventListener("board-menu", open);
    return () => node?.removeEventListener("board-menu", open);
  }, [place]);
  const close = () => setMenu(null);
  return { menu, close };
}
