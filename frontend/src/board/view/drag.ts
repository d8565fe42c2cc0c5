/** Cards, steps and stages pulled with mouse, pen or finger. Works on the page itself, so that nothing is drawn anew while something is pulled. */
import type { Board, Card } from "../../doc/board.ts";
import type { Hand } from "../hand.ts";

const FAR_PX = 6;
const EDGE_PX = 48;
const SPEED_PX = 14;

interface Target {
  at: string;
  lane: string;
  after: Card | null;
  node: HTMLElement;
  side: "before" | "after" | "inside";
}

/** Watch whether a press becomes a pull. A finger pulls by the handle of a card; elsewhere it scrolls. */
export function beginDrag(event: PointerEvent, hand: Hand): void {
  const pressed = event.target instanceof Element ? event.target : null;
  const node = pressed?.closest<HTMLElement>("[data-ref]");
  const isHandle = Boolean(pressed?.closest("[data-act=menu]"));
  if (!node || event.button !== 0) return;
  if (event.pointerType === "touch" && !isHandle) return;
  if (event.pointerType !== "touch" && pressed?.closest("button")) return;
  const card = hand.board?.find(node.dataset.ref ?? "");
  if (!card || !hand.may(card.lane)) return;
  new Drag(event, node, card, hand);
}

class Drag {
  readonly #start: PointerEvent;
  readonly #node: HTMLElement;
  readonly #card: Card;
  readonly #hand: Hand;
  #ghost: HTMLElement | null = null;
  #target: Target | null = null;
  #at: readonly [number, number];
  #frame = 0;
  /** Size of the sheet it is pulled from. */
  #size = 1;

  constructor(start: PointerEvent, node: HTMLElement, card: Card, hand: Hand) {
    this.#start = start;
    this.#node = node;
    this.#card = card;
    this.#hand = hand;
    this.#at = [start.clientX, start.clientY];
    window.addEventListener("pointermove", this.#move);
    window.addEventListener("pointerup", this.#up);
    window.addEventListener("pointercancel", this.#stop);
    window.addEventListener("keydown", this.#key, true);
  }

  readonly #move = (event: PointerEvent) => {
    if (event.pointerId !== this.#start.pointerId) return;
    const { clientX, clientY } = event;
    const [x, y] = [clientX - this.#start.clientX, clientY - this.#start.clientY];
    if (!this.#ghost && Math.hypot(x, y) < FAR_PX) return;
    this.#at = [clientX, clientY];
    this.#ghost ??= this.#lift();
    this.#ghost.style.transform = `translate(${x}px, ${y}px) scale(${this.#size})`;
    this.#aim();
  };

  #lift(): HTMLElement {
    const box = this.#node.getBoundingClientRect();
    const copy = this.#node.cloneNode(true);
    const ghost = copy instanceof HTMLElement ? copy : document.createElement("div");
    ghost.className += " board-ghost";
    ghost.removeAttribute("data-ref");
    ghost.removeAttribute("data-spot");
    ghost.style.left = `${box.left}px`;
    ghost.style.top = `${box.top}px`;
    const sheet = this.#node.closest<HTMLElement>(".board-sheet");
    this.#size = Number(sheet?.style.zoom) || 1;
    // it hangs outside the sheet, so it takes its size along
    ghost.style.width = `${box.width / this.#size}px`;
    document.body.append(ghost);
    this.#node.classList.add("is-lifted");
    document.getSelection()?.removeAllRanges();
    this.#frame = requestAnimationFrame(this.#scroll);
    return ghost;
  }

  /** Near an edge the board moves along. */
  readonly #scroll = () => {
    const frame = this.#node.closest(".board-frame");
    if (frame) {
      const box = frame.getBoundingClientRect();
      const [x, y] = this.#at;
      const by = (low: number, high: number, at: number) =>
        at < low + EDGE_PX ? -SPEED_PX : at > high - EDGE_PX ? SPEED_PX : 0;
      frame.scrollBy(by(box.left, box.right, x), by(box.top, box.bottom, y));
    }
    this.#frame = requestAnimationFrame(this.#scroll);
  };

  #aim(): void {
    this.#target?.node.classList.remove("is-target-before", "is-target-after", "is-target-inside");
    const under = document.elementFromPoint(this.#at[0], this.#at[1]);
    const { board } = this.#hand;
    this.#target = board && under ? targetOf(board, this.#card, under, this.#at) : null;
    this.#target?.node.classList.add(`is-target-${this.#target.side}`);
  }

  readonly #up = (event: PointerEvent) => {
    if (event.pointerId !== this.#start.pointerId) return;
    const target = this.#target;
    const isPulled = this.#ghost !== null;
    this.#stop();
    if (!isPulled) return;
    swallowClick();
    if (target) this.#hand.put(this.#card, target.at, target.lane, target.after);
  };

  readonly #key = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !this.#ghost) return;
    event.preventDefault();
    event.stopPropagation();
    this.#stop();
  };

  readonly #stop = () => {
    this.#target?.node.classList.remove("is-target-before", "is-target-after", "is-target-inside");
    this.#target = null;
    cancelAnimationFrame(this.#frame);
    this.#ghost?.remove();
    this.#ghost = null;
    this.#node.classList.remove("is-lifted");
    window.removeEventListener("pointermove", this.#move);
    window.removeEventListener("pointerup", this.#up);
    window.removeEventListener("pointercancel", this.#stop);
    window.removeEventListener("keydown", this.#key, true);
  };
}

/** What was pulled is not pressed as well. */
function swallowClick(): void {
  const swallow = (event: Event) => event.stopPropagation();
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 0);
}

function targetOf(
  board: Board,
  card: Card,
  under: Element,
  [x, y]: readonly [number, number],
): Target | null {
  if (card.kind === "statement") return cellTarget(board, card, under, y);
  const node = under.closest<HTMLElement>(`[data-ref^="${card.kind}:"]`);
  if (!node) return card.kind === "step" ? stageTarget(board, under) : null;
  const other = board.find(node.dataset.ref ?? "");
  if (!other || other.ref === card.ref) return null;
  const box = node.getBoundingClientRect();
  const isLater = x > box.left + box.width / 2 !== (document.documentElement.dir === "rtl");
  const row = board.row(other.at, card.kind).filter((one) => one.ref !== card.ref);
  const index = row.findIndex((one) => one.ref === other.ref);
  const after = isLater ? other : (row[index - 1] ?? null);
  return { at: other.at, lane: "", after, node, side: isLater ? "after" : "before" };
}

/** A step put on the head of a stage stands at its end. */
function stageTarget(board: Board, under: Element): Target | null {
  const node = under.closest<HTMLElement>('[data-ref^="stage:"]');
  const stage = board.find(node?.dataset.ref ?? "");
  if (!node || !stage) return null;
  const after = board.row(stage.ref, "step").at(-1) ?? null;
  return { at: stage.ref, lane: "", after, node, side: "inside" };
}

function cellTarget(board: Board, card: Card, under: Element, y: number): Target | null {
  const cell =
    under.closest<HTMLElement>("[data-at]") ??
    under.closest<HTMLElement>(".board-row")?.querySelector<HTMLElement>("[data-at]");
  const { at, lane } = cell?.dataset ?? {};
  if (!cell || !at || !lane) return null;
  const cards = [...cell.querySelectorAll<HTMLElement>("[data-ref]")];
  let after: Card | null = null;
  let node = cell;
  let side: Target["side"] = "inside";
  for (const one of cards) {
    const { ref = "" } = one.dataset;
    const box = one.getBoundingClientRect();
    if (ref === card.ref) continue;
    if (y > box.top + box.height / 2) {
      after = board.find(ref) ?? null;
      node = one;
      side = "after";
    } else if (side === "inside") {
      node = one;
      side = "before";
      break;
    }
  }
  return { at, lane, after, node, side };
}
