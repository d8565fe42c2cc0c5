import { useState, useSyncExternalStore } from "react";
import { Link } from "wouter";
import type { ThreadSaid } from "../../api/types/talk.ts";
import { placeHref } from "../../board/evidence/place.ts";
import { nameOf } from "../../board/grid.ts";
import { SelectField } from "../../ui/Fields.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { findingHref } from "../readings/finding.ts";
import { useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { typedOf } from "./mentions.ts";
import { TasksElsewhere } from "./TasksElsewhere.tsx";
import { ThreadView } from "./ThreadView.tsx";
import { useMentions, useNames, useSeen, useTalk, useThreads } from "./useTalk.ts";

const ONLY = [
  ["open", "talk_only_open"],
  ["my_tasks", "task_only_mine"],
  ["tasks", "task_only"],
  ["mentions", "talk_only_mentions"],
  ["mine", "talk_only_mine"],
  ["resolved", "talk_only_resolved"],
  ["all", "talk_only_all"],
] as const;
type Only = (typeof ONLY)[number][0];
/** What guests have none of. */
const OF_TEAM: readonly Only[] = ["mentions", "my_tasks"];
const EVERY = "every";
const US_PER_MS = 1000;
const NONE = [] as const;

/** All comments about a map, those that wait first. */
export function CommentsPart({ session, mapId }: RoomProps) {
  const { say, language } = useWords();
  const { me } = useMe();
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const [only, setOnly] = useState<Only>("open");
  const [stage, setStage] = useState(EVERY);
  const people = useNames(mapId);
  const talk = useTalk(session, mapId);
  const query = `?only=${only}&language=${language}${stage === EVERY ? "" : `&stage=${encodeURIComponent(stage)}`}`;
  const { data, error, again } = useThreads(session, mapId, query);
  const threads = data?.threads ?? NONE;
  useSeen(mapId, threads);
  const stages = view.board?.row("map", "stage") ?? [];
  const choices = ONLY.filter(([id]) => !me.map || !OF_TEAM.includes(id));
  const isNothing = talk.data?.threads === 0;
  return (
    <>
      <div className="talk-choices">
        <SelectField
          label={say("talk_show")}
          choices={choices.map(([id, words]) => ({ id, words: say(words) }))}
          chosen={only}
          onChoose={setOnly}
        />
        <SelectField
          label={say("talk_stage")}
          choices={[
            { id: EVERY, words: say("talk_every_stage") },
            ...stages.map((one) => ({ id: one.ref, words: nameOf(one) })),
          ]}
          chosen={stage}
          onChoose={setStage}
        />
      </div>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data && !threads.length && isNothing ? (
        <Empty title={say("talk_none")}>
          <p>{say("talk_none_more")}</p>
        </Empty>
      ) : null}
      {data && !threads.length && !isNothing ? (
        <p className="soft">{say("talk_none_kind")}</p>
      ) : null}
      <ul className="talk-list">
        {threads.map((one) => (
          <li key={one.id}>
            <article className="talk-box" aria-labelledby={`about-${one.id}`}>
              <About mapId={mapId} thread={one} />
              <ThreadView mapId={mapId} thread={one} people={people} again={again} />
            </article>
          </li>
        ))}
      </ul>
      {me.map ? null : <TasksElsewhere session={session} mapId={mapId} />}
      {me.map ? null : <Elsewhere session={session} mapId={mapId} />}
    </>
  );
}

/** Comments on other maps that mention who sits here. */
function Elsewhere({ session, mapId }: RoomProps) {
  const { say, ago } = useWords();
  const { data } = useMentions(session);
  const found = data?.mentions.filter((one) => one.map !== mapId) ?? [];
  if (!found.length) return null;
  return (
    <section>
      <h3>{say("talk_elsewhere")}</h3>
      <ul className="talk-rows">
        {found.map((one) => (
          <li key={`${one.thread} ${one.at_us}`}>
            <Link href={hrefOf(one.map, "discussion")}>
              <bdi>{say("talk_said", { who: one.author })}</bdi>
            </Link>{" "}
            <span className="small soft">{ago(one.at_us / US_PER_MS, Date.now())}</span>
            <p className="talk-text" dir="auto">
              {typedOf(one.text, one.mentions)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a thread is about, with a way to it. */
function About({ mapId, thread }: { mapId: string; thread: ThreadSaid }) {
  const { say } = useWords();
  const isFinding = thread.ref.startsWith("finding:");
  const label = thread.ref === "map" ? say("talk_map") : thread.label;
  const gone = say(isFinding ? "talk_finding_past" : "talk_gone");
  const nothing = say(isFinding ? "talk_finding" : "talk_gone");
  const href = isFinding
    ? findingHref(mapId, thread.reading, thread.finding)
    : placeHref(mapId, thread.ref);
  return (
    <header className="talk-about">
      {thread.place ? (
        <p className="small soft" dir="auto">
          {thread.place}
        </p>
      ) : null}
      <h3 id={`about-${thread.id}`} dir="auto">
        {thread.is_gone || !label ? label || nothing : <Link href={href}>{label}</Link>}
      </h3>
      {thread.is_gone ? <span className="talk-tag">{gone}</span> : null}
      {thread.is_calling ? (
        <span className="talk-tag talk-new">{say("talk_calls")}</span>
      ) : thread.is_unread ? (
        <span className="talk-tag talk-new">{say("talk_unread")}</span>
      ) : null}
    </header>
  );
}
