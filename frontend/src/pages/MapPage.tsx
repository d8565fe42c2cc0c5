import { MapScreen } from "./map/MapScreen.tsx";

/** The board of one map. */
export default function MapPage({ mapId }: { mapId: string }) {
  return <MapScreen mapId={mapId} />;
}
