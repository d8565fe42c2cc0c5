import { BoardView } from "../../board/view/BoardView.tsx";
import type { RoomProps } from "./rooms.tsx";

/** The board of a map. */
export function BoardRoom({ session, mapId }: RoomProps) {
  return <BoardView session={session} map={mapId} />;
}
