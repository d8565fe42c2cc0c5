import { RoomParts } from "../map/RoomParts.tsx";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { PARTS } from "./parts.tsx";
import "./Room.css";

/** Address of a page of the room, "" for the first. */
export function partOf(mapId: string, part: string): string {
  const base = hrefOf(mapId, "evidence");
  return part ? `${base}/${part}` : base;
}

/** Where a map meets data: what was found of it, what was brought, and what means which step. */
export function EvidenceRoom(props: RoomProps) {
  return (
    <div className="evidence-room">
      <RoomParts {...props} room="evidence" label="evidence_pages" parts={PARTS} page="room-page" />
    </div>
  );
}
