import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

const NARROW = "(max-width: 44rem)";
let isPrinted = false;

/** Whether the screen is so narrow that the board reads as a list, or it is paper, which cannot be scrolled. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => isPrinted || matchMedia(NARROW).matches);
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  // the browser counts its pages right after it has said that it prints
  const print = (is: boolean) => () => {
    isPrinted = is;
    flushSync(listener);
  };
  const [before, after] = [print(true), print(false)];
  query.addEventListener("change", listener);
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  return () => {
    query.removeEventListener("change", listener);
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}
