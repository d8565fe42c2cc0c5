import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { JobSaid, SnapshotSaid } from "../../api/types/jobs.ts";
import { Button } from "../../ui/Button.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { JobProblems } from "./JobProblems.tsx";
import { askedBy, type Kind } from "./jobs.ts";
import { Progress } from "./Progress.tsx";
import { Settled } from "./Settled.tsx";

const US_PER_MS = 1000;
const SUM_SHOWN = 12;

export type KindProps = {
  kind: Kind;
  mapId: string;
  snapshot: SnapshotSaid | undefined;
  /** What runs or waits. */
  job: JobSaid | undefined;
  /** The newest that ended. */
  ended: JobSaid | undefined;
  mayAsk: boolean;
  /** Database to read, "" where there is no choice. */
  database: string;
  again: () => void;
};

/** One kind of result: what there is of it, and how to get it anew. */
export function KindCard(props: KindProps) {
  const { kind, mapId, snapshot, job, ended, mayAsk, database, again } = props;
  const { say, time } = useWords();
  const { send, error, isSending } = useSending();
  const [split, setSplit] = useState("");
  const ask = () =>
    send(async () => {
      const more = kind === "compare" && split ? { split } : {};
      const from = database ? { source: database } : {};
      const body = { kind, ...more, ...from };
      await call("POST /api/maps/{map}/jobs", { path: { map: mapId }, body });
      tell({ words: say("job_started", { kind: say(`kind_${kind}`) }) });
      again();
    });
  return (
    <article className="kind" aria-labelledby={`kind-${kind}`}>
      <h3 id={`kind-${kind}`}>{say(`kind_${kind}`)}</h3>
      <p className="soft">{say(`kind_${kind}_more`)}</p>
      {snapshot ? <Made snapshot={snapshot} /> : <p>{say("snapshot_none")}</p>}
      {error ? <Trouble error={error} /> : null}
      {!job && ended?.state === "failed" ? (
        <Notice kind="warning">
          <strong>{say("job_failed_last", { when: time(ended.ended_us / US_PER_MS) })}</strong>
          <JobProblems job={ended} />
        </Notice>
      ) : null}
      {job ? <Progress job={job} mapId={mapId} again={again} /> : null}
      {mayAsk && !job ? (
        <form
          className="kind-acts"
          onSubmit={(event) => {
            event.preventDefault();
            ask();
          }}
        >
          {kind === "compare" ? (
            <DayField
              label={say("compare_split")}
              hint={say("compare_split_hint")}
              value={split}
              onChange={setSplit}
            />
          ) : null}
          <Button
            type="submit"
            weight={kind === "check" ? "primary" : "plain"}
            isPending={isSending}
          >
            {say(`do_${kind}`)}
          </Button>
        </form>
      ) : null}
    </article>
  );
}

function Made({ snapshot }: { snapshot: SnapshotSaid }) {
  const words = useWords();
  const { say, time, day } = words;
  const when = time(snapshot.made_us / US_PER_MS);
  const { cases: count, window_from: from, window_to: to } = snapshot;
  return (
    <>
      <p>
        {snapshot.by
          ? say("snapshot_made_by", { when, name: askedBy(snapshot.by, words) })
          : say("snapshot_made", { when })}
      </p>
      <Settled settled={snapshot.settled} />
      <p>
        {from
          ? say("snapshot_cases_window", { count, from: day(from), to: day(to) })
          : say("snapshot_cases", { count })}
      </p>
      <p className={snapshot.edits_since ? undefined : "soft"}>{sinceWords(snapshot, say)}</p>
      <details>
        <summary>{say("snapshot_sources", { count: snapshot.sources.length })}</summary>
        <ul className="kind-sources small">
          {snapshot.sources.map((one) => (
            <li key={`${one.name} ${one.sha256}`}>
              <bdi>{one.name}</bdi>
              {one.sha256 ? (
                <span className="soft">
                  {" "}
                  {say("snapshot_sum", { sum: one.sha256.slice(0, SUM_SHOWN) })}
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function sinceWords(snapshot: SnapshotSaid, say: ReturnType<typeof useWords>["say"]): string {
  if (snapshot.edits_since < 0) return say("snapshot_other_past");
  if (!snapshot.edits_since) return say("snapshot_same");
  return say("snapshot_edits", { count: snapshot.edits_since });
}
