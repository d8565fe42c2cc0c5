/** The board of one map. */
export default function MapPage({ mapId }: { mapId: string }) {
  return <h1>{mapId}</h1>;
}
