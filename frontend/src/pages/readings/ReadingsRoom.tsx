import { useState } from "react";
import { addressOf } from "../../api/calls.ts";
import { SelectField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../../ui/words/words.ts";
import { type PartProps, type RoomPart, RoomParts } from "../map/RoomParts.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { FlowPage } from "./FlowPage.tsx";
import { Overview } from "./Overview.tsx";
import { ReadingPage } from "./ReadingPage.tsx";
import { StoryPage } from "./StoryPage.tsx";
import "./readings.css";

const PARTS: readonly RoomPart[] = [
  { at: "", words: "readings_overview", View: Findings },
  { at: "flow", words: "readings_flow", View: FlowPage },
  { at: "story", words: "readings_story", View: Story },
];

// The report can be said in more languages than the app.
const REPORT_LANGUAGES = [
  ...LANGUAGES.map((id) => ({ id: `${id}`, words: LANGUAGE_NAMES[id] })),
  { id: "ja", words: "日本語" },
];

/** What the data say of a map: findings, the flow, the story, the report. */
export default function ReadingsRoom(props: RoomProps) {
  return (
    <div className="readings">
      <RoomParts
        {...props}
        room="readings"
        label="readings_parts"
        parts={PARTS}
        aside={<Reports mapId={props.mapId} />}
      />
    </div>
  );
}

/** The findings of all readings, or of the one whose name stands in the address after "of". */
function Findings({ rest, ...props }: PartProps) {
  const [of, name, same = ""] = rest.split("/");
  return of === "of" && name ? (
    <ReadingPage {...props} name={name} same={same} />
  ) : (
    <Overview {...props} />
  );
}

function Story({ rest, ...props }: PartProps) {
  return <StoryPage {...props} at={rest} />;
}

/** The report for management, as a page and for printing, in a language of one's choice. */
function Reports({ mapId }: { mapId: string }) {
  const { say, language } = useWords();
  const [chosen, setChosen] = useState("");
  const address = addressOf("/api/maps/{map}/report", new Map([["map", mapId]]));
  const report = `${address}?language=${chosen || language}`;
  const link = (href: string, words: string) => (
    <a
      className="readings-report"
      href={href}
      target="_blank"
      rel="noreferrer"
      title={say("readings_new_tab")}
    >
      {words}
    </a>
  );
  return (
    <span className="readings-reports">
      <SelectField
        label={say("readings_report_language")}
        choices={REPORT_LANGUAGES}
        chosen={chosen || language}
        onChoose={setChosen}
      />
      {link(report, say("readings_report_page"))}
      {link(`${report}&format=pdf`, say("readings_report_pdf"))}
    </span>
  );
}
