import { type RefObject, useEffect, useState } from "react";
import { Dialog, Heading, Popover } from "react-aria-components";
import type { Board, Card } from "../../doc/board.ts";
import { IconButton } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { nameOf } from "../grid.ts";
import { aboutOf } from "../spots.ts";
import { EvidenceOf } from "./EvidenceOf.tsx";
import { markTold } from "./markWords.ts";
import { ProposeButton } from "./TalkSign.tsx";
import { cardTitle } from "./titles.ts";
import { useHand, useMapLang } from "./useBoard.ts";
import { useChecked, useEvidence, useEvidenceLook, useMark } from "./useEvidence.ts";

const PAUSE_MS = 450;
const LEAVE_MS = 250;

/** What stands behind the mark of a card: in passing on hover and focus, opened by a press or a key. */
export function EvidencePopover({ board, place }: { board: Board; place: Place }) {
  const desk = useEvidence();
  const hand = useHand();
  const words = useWords();
  const lang = useMapLang();
  const { looked } = useEvidenceLook();
  const node = useNodeOf(place, looked?.ref ?? "");
  useGlances(place);
  const card = looked ? board.find(looked.ref) : undefined;
  if (!looked || !card || !node) return null;
  const close = () => {
    desk.set({ looked: null });
    // the goal of the map stands above the board: there the focus goes back by itself
    if (!looked.isOpened || looked.ref === "map") return;
    const spot = hand.spot(board);
    const isChip = looked.ref.startsWith("touchpoint:");
    hand.stand(isChip || aboutOf(spot) === looked.ref ? spot : looked.ref, true);
  };
  const name = card.kind === "statement" ? cardTitle(words, card) : nameOf(card);
  const title = (
    <span dir="auto" lang={lang}>
      {name}
    </span>
  );
  return (
    <Popover
      className="evidence-sheet"
      isOpen
      isNonModal={!looked.isOpened}
      offset={6}
      placement="bottom start"
      triggerRef={{ current: node }}
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      data-glance={!looked.isOpened}
    >
      {looked.isOpened ? (
        <Dialog className="evidence-dialog">
          <header className="panel-head">
            <Heading slot="title" className="evidence-title">
              {title}
            </Heading>
            <IconButton icon="close" label={words.say("close")} onPress={close} />
          </header>
          <EvidenceOf board={board} card={card} />
          <Propose card={card} name={name} close={close} />
        </Dialog>
      ) : (
        // what it says stands in the description of the card as well
        <div className="evidence-dialog" aria-hidden="true">
          <p className="evidence-title">{title}</p>
          <EvidenceOf board={board} card={card} />
        </div>
      )}
    </Popover>
  );
}

/** What the evidence speaks for may be proposed, with the evidence as its reason. */
function Propose({ card, name, close }: { card: Card; name: string; close: () => void }) {
  const words = useWords();
  const checked = useChecked();
  const mark = useMark(card);
  if (!mark) return null;
  const ask = () => {
    close();
    const why = `${name}: ${markTold(words, mark)} ${mark.main.reason} ${checked}`;
    return { ref: card.ref, why: why.replaceAll(/\s+/g, " "), made: null };
  };
  return (
    <p>
      <ProposeButton ask={ask} />
    </p>
  );
}

type Place = RefObject<HTMLElement | null>;

/** Where a card is drawn: the whole card, so that it stays readable. */
function useNodeOf(place: Place, ref: string): HTMLElement | null {
  const [node, setNode] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const selector = ref === "map" ? ".evidence-bar .mark" : `[data-ref="${CSS.escape(ref)}"]`;
    const chip = `[data-met="${CSS.escape(ref)}"], [data-touchpoint="${CSS.escape(ref)}"]`;
    const around = place.current?.parentElement ?? null;
    setNode(ref ? (around?.querySelector<HTMLElement>(`${selector}, ${chip}`) ?? null) : null);
  }, [place, ref]);
  return node;
}

/** Opens it on a pause of the pointer on a mark, or of the keyboard on a card that has one. */
function useGlances(place: Place): void {
  const desk = useEvidence();
  useEffect(() => {
    const around = place.current?.parentElement;
    if (!around) return;
    let timer = 0;
    const later = (ms: number, act: () => void) => {
      clearTimeout(timer);
      timer = window.setTimeout(act, ms);
    };
    const isOpened = () => desk.getSnapshot().looked?.isOpened === true;
    const glance = (ref: string) => {
      if (!isOpened()) desk.set({ looked: { ref, isOpened: false } });
    };
    const leave = () => {
      if (desk.getSnapshot().looked && !isOpened()) desk.set({ looked: null });
    };
    const over = (event: PointerEvent) => {
      if (event.pointerType === "touch" || isOpened()) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest(".evidence-sheet")) clearTimeout(timer);
      else if (target?.closest(".mark, .met-lines")) {
        const ref = refOf(target);
        if (ref) later(PAUSE_MS, () => glance(ref));
      } else later(LEAVE_MS, leave);
    };
    const focused = (event: FocusEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (isOpened() || target?.closest(".evidence-sheet")) return;
      leave();
      const own = target?.matches("[data-ref]:focus-visible") ? target : null;
      const ref = own?.dataset.ref ?? "";
      const hasMark = own?.querySelector(":scope > .mark") || own?.hasAttribute("aria-description");
      if (ref && hasMark) later(PAUSE_MS, () => glance(ref));
      else clearTimeout(timer);
    };
    const pressed = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const mark = target?.closest("[data-act=evidence]");
      const ref = mark && refOf(mark);
      if (!ref) return;
      clearTimeout(timer);
      desk.set({ looked: { ref, isOpened: true } });
    };
    const scrolled = () => leave();
    document.addEventListener("pointerover", over);
    around.addEventListener("focusin", focused);
    around.addEventListener("click", pressed);
    around.addEventListener("scroll", scrolled, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerover", over);
      around.removeEventListener("focusin", focused);
      around.removeEventListener("click", pressed);
      around.removeEventListener("scroll", scrolled, true);
    };
  }, [place, desk]);
}

/** The card a mark is of. */
function refOf(node: Element): string {
  if (node.closest(".evidence-bar")) return "map";
  const found = node.closest<HTMLElement>("[data-touchpoint], [data-met], [data-ref]");
  const { touchpoint, met, ref } = found?.dataset ?? {};
  return touchpoint ?? met ?? ref ?? "";
}
