/** The focus does not fall off the page when what has it goes away: what stands next takes it. */

const CAN_HAVE_IT =
  'a[href], button:not(:disabled), input:not(:disabled), textarea, select, summary, [tabindex]:not([tabindex="-1"])';
/** What gives the focus back by itself when it closes. */
const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';
const A_MOMENT_MS = 60;

/** What stood around something, from near to far. */
interface Around {
  readonly within: Element;
  readonly next: Element | null;
  readonly before: Element | null;
}

/** Watch over the focus of this page; once for each. */
export function keepFocus(): void {
  let held: HTMLElement | null = null;
  let around: readonly Around[] = [];
  let overlay: Element | null = null;
  document.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    held = target;
    around = aroundOf(target);
    overlay = target.closest(OVERLAY);
  });
  document.addEventListener("focusout", ({ target }) => {
    // whoever pressed beside everything wants no focus
    setTimeout(() => {
      if (held === target && held?.isConnected && isNowhere()) held = null;
    });
  });
  const watching = new MutationObserver(() => {
    if (!held || held.isConnected) return;
    const [places, own] = [around, overlay];
    held = null;
    // who takes something off may put the focus somewhere; that counts
    setTimeout(() => {
      if (isNowhere() && (own === null || own.isConnected)) nextTo(places)?.focus();
    }, A_MOMENT_MS);
  });
  watching.observe(document.body, { childList: true, subtree: true });
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function aroundOf(node: Element): Around[] {
  const found: Around[] = [];
  for (let at = node; at.parentElement; at = at.parentElement) {
    const { parentElement: within, nextElementSibling: next, previousElementSibling: before } = at;
    found.push({ within, next, before });
  }
  return found;
}

/** What can have the focus and stands nearest; the content of the page where nothing near is left. */
function nextTo(places: readonly Around[]): HTMLElement | null {
  for (const { within, next, before } of places) {
    if (within.id === "content" || within === document.body) break;
    if (!within.isConnected) continue;
    const found = inside(next)[0] ?? inside(before).at(-1);
    if (found) return found;
  }
  return document.getElementById("content");
}

function inside(node: Element | null): HTMLElement[] {
  if (!node?.isConnected) return [];
  const all = [node, ...node.querySelectorAll(CAN_HAVE_IT)];
  return all.filter(
    (one): one is HTMLElement =>
      one instanceof HTMLElement && one.matches(CAN_HAVE_IT) && one.checkVisibility(),
  );
}
