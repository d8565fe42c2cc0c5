import { Link } from "wouter";
import { addressOf } from "../../api/calls.ts";
import type { FindingSaid, ReadingCardSaid, ReadingsSaid } from "../../api/types/readings.ts";
import { Empty } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { Finding } from "./Finding.tsx";
import { Hidden, Made } from "./Made.tsx";

const SEVEN = 7;

/** What to fix first, what to keep, and each reading. */
export function Overview({ session, mapId }: RoomProps) {
  const { say, language } = useWords();
  const path = addressOf("/api/maps/{map}/readings", new Map([["map", mapId]]));
  const { data, error, again } = useAsked<ReadingsSaid>(`${path}?language=${language}`);
  useNews(session, "evidence", again);
  return (
    <div className="room-page readings-page">
      <h1>{say("readings_title")}</h1>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data && !data.made ? <NothingYet mapId={mapId} /> : null}
      {data?.made ? <Found session={session} mapId={mapId} found={data} made={data.made} /> : null}
    </div>
  );
}

type FoundProps = RoomProps & {
  readonly found: ReadingsSaid;
  readonly made: NonNullable<ReadingsSaid["made"]>;
};

function Found({ session, mapId, found, made }: FoundProps) {
  const { say } = useWords();
  const listed = (findings: readonly FindingSaid[]) => (
    <ol className="findings">
      {findings.map((one) => (
        <li key={one.anchor}>
          <Finding session={session} mapId={mapId} one={one} language={made.language} />
        </li>
      ))}
    </ol>
  );
  return (
    <>
      <Made made={made} about={found.about} />
      <Hidden count={found.hidden} />
      <section aria-labelledby="readings-first">
        <h2 id="readings-first">{say("readings_first")}</h2>
        {found.first.length ? listed(found.first) : <p>{say("readings_first_none")}</p>}
      </section>
      {found.times.length ? (
        <section aria-labelledby="readings-times">
          <h2 id="readings-times">{say("readings_times")}</h2>
          {listed(found.times)}
        </section>
      ) : null}
      {found.keep.length ? (
        <section aria-labelledby="readings-keep">
          <h2 id="readings-keep">{say("readings_keep")}</h2>
          {listed(found.keep)}
        </section>
      ) : null}
      <Cards mapId={mapId} title={say("readings_seven")} cards={found.readings.slice(0, SEVEN)} />
      <Cards mapId={mapId} title={say("readings_more")} cards={found.readings.slice(SEVEN)} />
      <details className="readings-how">
        <summary>{say("readings_how")}</summary>
        <ul lang={made.language} dir="auto">
          {found.how.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      </details>
    </>
  );
}

type CardsProps = {
  readonly mapId: string;
  readonly title: string;
  readonly cards: readonly ReadingCardSaid[];
};

function Cards({ mapId, title, cards }: CardsProps) {
  if (!cards.length) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul className="reading-cards">
        {cards.map((one) => (
          <ReadingCard key={one.name} mapId={mapId} one={one} />
        ))}
      </ul>
    </section>
  );
}

function ReadingCard({ mapId, one }: { mapId: string; one: ReadingCardSaid }) {
  const { say, list } = useWords();
  const counts = [
    one.fix ? say("readings_fix", { count: one.fix }) : "",
    one.keep ? say("readings_kept", { count: one.keep }) : "",
    one.look ? say("readings_look", { count: one.look }) : "",
  ].filter(Boolean);
  const words = one.first || (one.needs.length ? one.needs[0] : say("readings_nothing"));
  return (
    <li className="reading-card">
      <h3 dir="auto">
        <Link href={`${hrefOf(mapId, "readings")}/of/${encodeURIComponent(one.name)}`}>
          {one.title}
        </Link>
      </h3>
      {counts.length ? <p className="small">{list(counts)}</p> : null}
      <p className="soft small" dir="auto">
        {words}
      </p>
    </li>
  );
}

/** What to do where nothing was analyzed yet. */
export function NothingYet({ mapId }: { mapId: string }) {
  const { say } = useWords();
  const { me } = useMe();
  return (
    <Empty title={say("readings_empty")}>
      <p>{say("readings_empty_more")}</p>
      {me.map ? null : (
        <p>
          <Link href={hrefOf(mapId, "evidence")}>{say("readings_to_evidence")}</Link>
        </p>
      )}
    </Empty>
  );
}
