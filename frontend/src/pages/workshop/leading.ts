import { useCallback, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();

/** Whether this page leads everybody of a map; it goes on after a reload. */
export function useLeading(mapId: string): [boolean, (isLeading: boolean) => void] {
  const key = `workshop-lead:${mapId}`;
  const isLeading = useSyncExternalStore(
    useCallback((listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }, []),
    () => sessionStorage.getItem(key) !== null,
  );
  const set = useCallback(
    (leads: boolean) => {
      if (leads) sessionStorage.setItem(key, "1");
      else sessionStorage.removeItem(key);
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [isLeading, set];
}
