import { useSyncExternalStore } from "react";
import { personasOf } from "../../board/view/drawn.ts";
import type { MapSession } from "../../doc/session.ts";

const NOBODY: ReadonlyMap<string, string> = new Map();

/** Names of a map's personas by their ids; none until the map is there. */
export function usePersonas(session: MapSession): ReadonlyMap<string, string> {
  return useSyncExternalStore(session.subscribe, () => {
    const { board } = session.getSnapshot();
    return board ? personasOf(board) : NOBODY;
  });
}
