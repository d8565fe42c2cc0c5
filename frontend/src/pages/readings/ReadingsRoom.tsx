import { Link, Route, Switch, useLocation } from "wouter";
import { addressOf } from "../../api/calls.ts";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { FlowPage } from "./FlowPage.tsx";
import { Overview } from "./Overview.tsx";
import { ReadingPage } from "./ReadingPage.tsx";
import { StoryPage } from "./StoryPage.tsx";
import "./readings.css";

/** What the data say of a map: findings, the flow, the story, the report. */
export default function ReadingsRoom(props: RoomProps) {
  const base = hrefOf(props.mapId, "readings");
  return (
    <div className="readings">
      <Parts mapId={props.mapId} base={base} />
      <Switch>
        <Route path={`${base}/of/:name`}>
          {({ name }) => <ReadingPage {...props} name={decoded(name)} />}
        </Route>
        <Route path={`${base}/flow`}>
          <FlowPage {...props} />
        </Route>
        <Route path={`${base}/story/:at?`}>
          {({ at }) => <StoryPage {...props} at={decoded(at ?? "")} />}
        </Route>
        <Route>
          <Overview {...props} />
        </Route>
      </Switch>
    </div>
  );
}

const PARTS: readonly { readonly at: string; readonly words: PlainKey }[] = [
  { at: "", words: "readings_overview" },
  { at: "/flow", words: "readings_flow" },
  { at: "/story", words: "readings_story" },
];

function Parts({ mapId, base }: { mapId: string; base: string }) {
  const { say } = useWords();
  const [at] = useLocation();
  const report = addressOf("/api/maps/{map}/report", new Map([["map", mapId]]));
  const here = PARTS.findLast((one) => at.startsWith(base + one.at))?.at;
  return (
    <nav className="readings-parts" aria-label={say("readings_parts")}>
      {PARTS.map((one) => (
        <Link
          key={one.at}
          href={base + one.at}
          aria-current={one.at === here ? "page" : undefined}
          className="readings-part"
        >
          {say(one.words)}
        </Link>
      ))}
      <span className="readings-reports">
        <a
          className="readings-part"
          href={report}
          target="_blank"
          rel="noreferrer"
          title={say("readings_new_tab")}
        >
          {say("readings_report_page")}
        </a>
        <a
          className="readings-part"
          href={`${report}?format=pdf`}
          target="_blank"
          rel="noreferrer"
          title={say("readings_new_tab")}
        >
          {say("readings_report_pdf")}
        </a>
      </span>
    </nav>
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
