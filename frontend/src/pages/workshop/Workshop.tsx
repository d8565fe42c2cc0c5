import { useEffect } from "react";
import { Link, Redirect, Route, Switch, useLocation } from "wouter";
import { call } from "../../api/calls.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { useSending } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, type Me, type Role, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { hrefIn } from "./clock.ts";
import { useLeading } from "./leading.ts";
import { NotesPage } from "./NotesPage.tsx";
import { PlanPage } from "./PlanPage.tsx";
import { StoriesPage } from "./StoriesPage.tsx";
import { ScoringPage, VotesPage } from "./VotesPage.tsx";
import "./workshop.css";

const ROOM = "workshop";

type Page = {
  readonly at: string;
  readonly words: PlainKey;
  readonly needs: Role;
  readonly View: React.ComponentType<RoomProps>;
};

const PAGES: readonly Page[] = [
  { at: "", words: "ws_plan", needs: "viewer", View: PlanPage },
  { at: "votes", words: "ws_votes", needs: "viewer", View: VotesPage },
  { at: "scoring", words: "ws_scoring", needs: "viewer", View: ScoringPage },
  { at: "notes", words: "ws_notes", needs: "editor", View: NotesPage },
  { at: "stories", words: "ws_stories", needs: "facilitator", View: StoriesPage },
];

/** The room of a workshop: its plan, votes, scores, sticky notes and stories. */
export default function Workshop(props: RoomProps) {
  const { say } = useWords();
  const { me } = useMe();
  const [at] = useLocation();
  const pages = PAGES.filter((one) => isAtLeast(me, one.needs));
  const hrefOf = (page: string) => hrefIn(props.mapId, page ? `${ROOM}/${page}` : ROOM);
  return (
    <div className="ws">
      <header className="ws-head">
        <nav aria-label={say("ws_pages")} className="ws-pages">
          {pages.map((one) => (
            <Link
              key={one.at}
              href={hrefOf(one.at)}
              className="map-room"
              aria-current={at === hrefOf(one.at) ? "page" : undefined}
            >
              {say(one.words)}
            </Link>
          ))}
        </nav>
        <LeadButton mapId={props.mapId} me={me} />
      </header>
      <Switch>
        {pages.map((one) => (
          <Route key={one.at} path={decodeURI(hrefOf(one.at))}>
            <Titled title={one.words}>
              <one.View {...props} />
            </Titled>
          </Route>
        ))}
        <Route>
          <Redirect to={hrefOf("")} replace />
        </Route>
      </Switch>
    </div>
  );
}

function Titled({ title, children }: { title: PlainKey; children: React.ReactNode }) {
  const { say } = useWords();
  useEffect(() => {
    const before = document.title;
    document.title = `${say(title)} · desirepath`;
    return () => {
      document.title = before;
    };
  }, [say, title]);
  return (
    <div className="ws-page">
      <h2 className="ws-title">{say(title)}</h2>
      {children}
    </div>
  );
}

/** Lead everybody who has this map open. */
function LeadButton({ mapId, me }: { mapId: string; me: Me }) {
  const { say } = useWords();
  const [isLeading, setLeading] = useLeading(mapId);
  const { send, error, isSending } = useSending();
  if (!isAtLeast(me, "facilitator") || isLeading) return null;
  const lead = async () => {
    const body = { room: ROOM };
    await call("POST /api/maps/{map}/workshop/lead", { path: { map: mapId }, body });
    setLeading(true);
  };
  return (
    <>
      <Button icon="people" isDisabled={isSending} onPress={() => send(lead)}>
        {say("ws_lead")}
      </Button>
      {error ? <Trouble error={error} /> : null}
    </>
  );
}
