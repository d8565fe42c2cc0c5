import { useEffect } from "react";
import type { MapSession } from "../doc/session.ts";

/** Ask again whenever the server says that something beside the map's edits has changed. */
export function useNews(session: MapSession, about: string, again: () => void): void {
  useEffect(
    () => session.onNews((news) => (news === about || news === "") && again()),
    [session, about, again],
  );
}
