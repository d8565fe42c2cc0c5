import { Link, Route, Switch, useLocation } from "wouter";
import { useWords } from "../../ui/words/useWords.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { Compared } from "./Compared.tsx";
import { Difference } from "./Difference.tsx";
import { SeriesPage } from "./SeriesPage.tsx";
import "./Progress.css";

const PARTS = [
  { at: "", words: "progress_numbers" },
  { at: "/judged", words: "progress_judged" },
  { at: "/versions", words: "progress_versions" },
] as const;

/** Whether the map and what it is about have moved: numbers, verdicts between two checks, versions. */
export default function ProgressRoom(props: RoomProps) {
  const { say } = useWords();
  const [at] = useLocation();
  const home = hrefOf(props.mapId, "progress");
  const here = decodeURI(home); // as the router hands addresses over
  return (
    <div className="progress">
      <h2 className="unseen">{say("progress")}</h2>
      <nav className="progress-parts" aria-label={say("progress_parts")}>
        {PARTS.map((one) => (
          <Link
            key={one.at}
            href={home + one.at}
            className="map-room"
            aria-current={at === here + one.at || at === home + one.at ? "page" : undefined}
          >
            {say(one.words)}
          </Link>
        ))}
      </nav>
      <Switch>
        <Route path={`${here}/judged`}>
          <Compared {...props} />
        </Route>
        <Route path={`${here}/versions`}>
          <Difference {...props} />
        </Route>
        <Route>
          <SeriesPage {...props} />
        </Route>
      </Switch>
    </div>
  );
}
