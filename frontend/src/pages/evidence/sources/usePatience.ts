import { useEffect } from "react";

const LOOK_MS = 2000;

/** Ask again now and then while something is under way, for when news of it are lost. */
export function usePatience(isUnder: boolean, again: () => void): void {
  useEffect(() => {
    if (!isUnder) return;
    const timer = setInterval(again, LOOK_MS);
    return () => clearInterval(timer);
  }, [isUnder, again]);
}
