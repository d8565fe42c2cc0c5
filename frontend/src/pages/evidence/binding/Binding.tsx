import { useMemo, useState, useSyncExternalStore } from "react";
import { Link } from "wouter";
import { addressOf, call } from "../../../api/calls.ts";
import type { ActivitiesSaid, ActivitySaid } from "../../../api/types/data.ts";
import type { EvidenceSaid, JobsSaid } from "../../../api/types/jobs.ts";
import type { MapSession } from "../../../doc/session.ts";
import { Button } from "../../../ui/Button.tsx";
import { SearchField, SelectField } from "../../../ui/Fields.tsx";
import { Empty } from "../../../ui/Notice.tsx";
import { tell } from "../../../ui/Toasts.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import { useAsked, useSending } from "../../asked.ts";
import type { RoomProps } from "../../map/rooms.tsx";
import { Trouble } from "../../trouble.tsx";
import { useNews } from "../../useNews.ts";
import { DatabaseField } from "../DatabaseField.tsx";
import { partOf } from "../EvidenceRoom.tsx";
import { ActivityRow } from "./ActivityRow.tsx";
import {
  channelsOf,
  exactly,
  type Pattern,
  type Step,
  stepsFor,
  stepsOf,
  within,
  withPatterns,
} from "./patterns.ts";
import { StepList } from "./StepList.tsx";
import "./binding.css";

const US_PER_MS = 1000;
const AT_ONCE = 60;
const ALL = "-";
const OPEN = ["waiting", "running"];

/** Make entries mean steps: one edit, so that it is undone at once. */
export function bindTo(session: MapSession, step: Step, patterns: readonly Pattern[]): boolean {
  const was = step.card.fields.events ?? null;
  const value = withPatterns(step, patterns);
  return session.edit({ do: "change", ref: step.card.ref, field: "events", value, was });
}

/** Which activities of customers mean which step of the map. */
export function Binding({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const base = `/api/maps/${encodeURIComponent(mapId)}`;
  const { data, error, again } = useAsked<ActivitiesSaid>(`${base}/activities`);
  useNews(session, "evidence", again);
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const steps = useMemo(() => (view.board ? stepsOf(view.board) : []), [view.board]);
  const channels = useMemo(() => channelsOf(data?.activities ?? []), [data]);
  const [wanted, setChannel] = useState("");
  // counted anew, a channel may be gone
  const channel = channels.includes(wanted) ? wanted : "";
  if (!data || !view.board) {
    return error ? <Trouble error={error} retry={again} /> : <p role="status">{say("loading")}</p>;
  }
  if (data.made_us === null) {
    return (
      <Frame>
        <Begin session={session} mapId={mapId} found={data} />
      </Frame>
    );
  }
  return (
    <Frame>
      <Counted session={session} mapId={mapId} found={data} />
      {channels.length ? (
        <div className="binding-channel">
          <SelectField
            label={say("binding_channel")}
            choices={[
              { id: ALL, words: say("binding_channels_all") },
              ...channels.map((one) => ({ id: `=${one}`, words: one })),
            ]}
            chosen={channel ? `=${channel}` : ALL}
            onChoose={(id) => setChannel(id === ALL ? "" : id.slice(1))}
          />
        </div>
      ) : null}
      <div className="binding-sides">
        <ActivityList session={session} found={data} steps={steps} channel={channel} />
        <StepList session={session} steps={steps} doings={data.activities} channel={channel} />
      </div>
    </Frame>
  );
}

function Frame({ children }: { children: React.ReactNode }) {
  const { say } = useWords();
  return (
    <section className="binding" aria-labelledby="binding-title">
      <h2 id="binding-title" className="room-title">
        {say("binding")}
      </h2>
      <p className="soft">{say("binding_more")}</p>
      {children}
    </section>
  );
}

/** What to do where nobody has counted yet: bring data, or count. */
function Begin({ session, mapId, found }: CountedProps) {
  const { say } = useWords();
  const path = addressOf("/api/maps/{map}/evidence", new Map([["map", mapId]]));
  const { data, error, again } = useAsked<EvidenceSaid>(path);
  useNews(session, "sources", again);
  if (!data) {
    return error ? <Trouble error={error} retry={again} /> : <p role="status">{say("loading")}</p>;
  }
  if (!data.has_events) {
    return (
      <Empty title={say("binding_none")}>
        <p>{say("binding_none_more")}</p>
        <Link href={partOf(mapId, "sources")}>{say("jobs_to_sources")}</Link>
      </Empty>
    );
  }
  return (
    <Empty title={say("binding_none")}>
      <p>{say(data.can_run ? "binding_none_count" : "jobs_no_runner_more")}</p>
      {data.can_run ? <Counted session={session} mapId={mapId} found={found} /> : null}
    </Empty>
  );
}

type CountedProps = RoomProps & { found: ActivitiesSaid };

/** When activities were counted, and the button that counts them anew. */
function Counted({ session, mapId, found }: CountedProps) {
  const { say, time, list, number } = useWords();
  const { data, again } = useAsked<JobsSaid>(`/api/maps/${encodeURIComponent(mapId)}/jobs`);
  useNews(session, "jobs", again);
  const { isSending, error, send } = useSending();
  const about = useAsked<EvidenceSaid>(
    addressOf("/api/maps/{map}/evidence", new Map([["map", mapId]])),
  );
  useNews(session, "evidence", about.again);
  const [chosen, setChosen] = useState("");
  const names = about.data?.databases ?? [];
  const several = names.length > 1 ? names : [];
  const source = several.length ? chosen || (about.data?.database ?? "") : "";
  const [last] = (data?.jobs ?? []).filter((one) => one.kind === "activities");
  const isUnder = isSending || (last !== undefined && OPEN.includes(last.state));
  const count = async () => {
    const body = { kind: "activities", ...(source ? { source } : {}) } as const;
    await send(() => call("POST /api/maps/{map}/jobs", { path: { map: mapId }, body }));
    again();
  };
  const problem = last?.state === "failed" ? last.problems[0] : undefined;
  return (
    <div className="binding-counted">
      <p role="status" dir="auto">
        {isUnder
          ? say("binding_counting")
          : found.made_us === null
            ? null
            : say("binding_counted", {
                when: time(found.made_us / US_PER_MS),
                customers: number(found.customers),
                sources: list(found.sources),
              })}
      </p>
      <DatabaseField names={several} chosen={source} onChoose={setChosen} />
      <Button
        weight={found.made_us === null ? "primary" : "plain"}
        isDisabled={isUnder || (several.length > 0 && !source)}
        onPress={count}
      >
        {say(found.made_us === null ? "binding_count" : "binding_count_again")}
      </Button>
      {error ? <Trouble error={error} /> : null}
      {problem && !isUnder ? (
        <p role="alert" className="field-error">
          {problem.what}. {problem.hint}
        </p>
      ) : null}
    </div>
  );
}

type ListProps = {
  session: MapSession;
  found: ActivitiesSaid;
  steps: readonly Step[];
  /** The channel that is looked at, "" for all. */
  channel: string;
};

/** What customers do, those activities first that most of them show. */
function ActivityList({ session, found, steps, channel }: ListProps) {
  const { say } = useWords();
  const [text, setText] = useState("");
  const [which, setWhich] = useState<"all" | "loose">("all");
  const [most, setMost] = useState(AT_ONCE);
  const rows = useMemo(
    () => activitiesIn(found, channel).map((one) => ({ one, on: stepsFor(one, steps) })),
    [found, steps, channel],
  );
  const loose = rows.filter(({ on }) => !on.length);
  const wanted = text.trim().toLocaleLowerCase();
  const fitting = (which === "loose" ? loose : rows).filter(({ one }) =>
    one.activity.toLocaleLowerCase().includes(wanted),
  );
  const bind = (step: Step, activities: readonly ActivitySaid["activity"][]) => {
    const patterns = activities.map((one) => exactly(one, channel || undefined));
    if (!bindTo(session, step, patterns)) return;
    const [name = ""] = activities;
    const undo = { words: say("undo"), do: () => session.undo() };
    tell({ words: say("binding_bound", { name, step: step.name }), act: undo });
  };
  return (
    <section className="binding-side" aria-labelledby="binding-activities">
      <h3 id="binding-activities">{say("binding_activities")}</h3>
      <div className="binding-tools">
        <SearchField
          label={say("binding_search")}
          value={text}
          onChange={(now) => {
            setText(now);
            setMost(AT_ONCE);
          }}
        />
        <SelectField
          label={say("binding_show")}
          isLabelUnseen
          choices={[
            { id: "all", words: say("binding_all") },
            { id: "loose", words: say("binding_loose") },
          ]}
          chosen={which}
          onChoose={setWhich}
        />
      </div>
      <p role="status" className="soft">
        {loose.length
          ? say("binding_loose_count", { count: loose.length })
          : say("binding_no_loose")}
      </p>
      {fitting.length ? null : <p>{say("binding_nothing")}</p>}
      <ul className="binding-activities">
        {fitting.slice(0, most).map(({ one, on }) => (
          <ActivityRow
            key={one.activity}
            activity={one}
            on={on}
            steps={steps}
            customers={found.customers}
            near={nearOf(
              found,
              one.activity,
              loose.map((row) => row.one.activity),
            )}
            onBind={bind}
          />
        ))}
      </ul>
      {fitting.length > most ? (
        <Button onPress={() => setMost(most + AT_ONCE)}>
          {say("binding_more_show")} ({say("binding_more_left", { count: fitting.length - most })})
        </Button>
      ) : null}
    </section>
  );
}

/** Activities of one channel with the share of customers there, or all. */
function activitiesIn(found: ActivitiesSaid, channel: string): readonly ActivitySaid[] {
  if (!channel) return found.activities;
  const there = within(found.activities, channel).map((one) => {
    const customers = one.channels[0]?.customers ?? 0;
    return { ...one, customers, share: customers / Math.max(found.customers, 1) };
  });
  return there.sort((one, other) => other.share - one.share);
}

/** Other activities on no step that are probably the same. */
function nearOf(found: ActivitiesSaid, activity: string, loose: readonly string[]) {
  const group = found.near.find((one) => one.activities.includes(activity));
  return (group?.activities ?? []).filter((one) => one !== activity && loose.includes(one));
}
