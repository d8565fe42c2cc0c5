/** Addresses of findings, for links from other rooms. */
import { hrefOf } from "../map/RoomSwitch.tsx";

/** Address of a finding in its reading, by what it is known in every analysis. */
export function findingHref(mapId: string, reading: string, same: string): string {
  return `${hrefOf(mapId, "readings")}/of/${encodeURIComponent(reading)}/${encodeURIComponent(same)}`;
}
