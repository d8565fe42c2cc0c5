import { useSyncExternalStore } from "react";

const NARROW = "(max-width: 44rem)";

/** Whether the screen is so narrow that the board reads as a list. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(NARROW).matches);
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
