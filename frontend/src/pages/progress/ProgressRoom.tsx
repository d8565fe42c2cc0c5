import { useWords } from "../../ui/words/useWords.ts";
import { type RoomPart, RoomParts } from "../map/RoomParts.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { Compared } from "./Compared.tsx";
import { Difference } from "./Difference.tsx";
import { SeriesPage } from "./SeriesPage.tsx";
import "./Progress.css";

const PARTS: readonly RoomPart[] = [
  { at: "", words: "progress_numbers", View: SeriesPage },
  { at: "judged", words: "progress_judged", View: Compared },
  { at: "versions", words: "progress_versions", View: Difference },
];

/** Whether the map and what it is about have moved: numbers, verdicts between two checks, versions. */
export default function ProgressRoom(props: RoomProps) {
  const { say } = useWords();
  return (
    <div className="progress">
      <h2 className="unseen">{say("progress")}</h2>
      <RoomParts {...props} room="progress" label="progress_parts" parts={PARTS} />
    </div>
  );
}
