import { useCallback } from "react";
import { useLocation, useParams } from "wouter";
import { boardHref, refAt } from "../../board/evidence/place.ts";
import { BoardView } from "../../board/view/BoardView.tsx";
import { useMe } from "../shell/me.tsx";
import type { RoomProps } from "./rooms.tsx";

/** The board of a map; `/at/REF` below its address leads to a place on it. */
export function BoardRoom({ session, mapId }: RoomProps) {
  const { at } = useParams();
  const [, navigate] = useLocation();
  const arrived = useCallback(
    () => navigate(boardHref(mapId), { replace: true }),
    [navigate, mapId],
  );
  const { me } = useMe();
  const evidenceHref = me.map ? "" : `${boardHref(mapId)}/evidence`;
  return (
    <BoardView
      session={session}
      map={mapId}
      at={at ? refAt(at) : ""}
      evidenceHref={evidenceHref}
      onArrived={arrived}
    />
  );
}
