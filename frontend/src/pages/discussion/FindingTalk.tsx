import type { FindingSaid } from "../../api/types/readings.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { AboutTalk } from "./AboutTalk.tsx";

/** What is said about a finding, in whichever analysis it was found. */
export default function FindingTalk({ one, ...props }: RoomProps & { one: FindingSaid }) {
  const query = `?finding=${encodeURIComponent(one.same)}`;
  return <AboutTalk {...props} about={one.anchor} query={query} isEager />;
}
