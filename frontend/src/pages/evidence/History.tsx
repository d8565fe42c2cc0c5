import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { JobSaid, JobsSaid } from "../../api/types/jobs.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { JobProblems } from "./JobProblems.tsx";
import { askedBy, stateKey, tookWords } from "./jobs.ts";

const US_PER_MS = 1000;
const FIRST = 10;

/** What ran, when, for whom, and how it ended. */
export function History({ mapId, first }: { mapId: string; first: JobsSaid; again: () => void }) {
  const { say } = useWords();
  const [older, setOlder] = useState<readonly JobSaid[]>([]);
  const [after, setAfter] = useState<string | null>();
  const [isWhole, setWhole] = useState(false);
  const { send, error, isSending } = useSending();
  const next = after === undefined ? first.after : after;
  const known = new Set(first.jobs.map((one) => one.id));
  const all = [...first.jobs, ...older.filter((one) => !known.has(one.id))];
  const shown = isWhole ? all : all.slice(0, FIRST);
  const more = () =>
    send(async () => {
      setWhole(true);
      if (!isWhole || next === null) return;
      const found = await call("GET /api/maps/{map}/jobs", {
        path: { map: mapId },
        query: { after: next },
      });
      setOlder((before) => [...before, ...found.jobs]);
      setAfter(found.after);
    });
  return (
    <section className="evidence-section" aria-labelledby="jobs-history">
      <h2 id="jobs-history">{say("jobs_history")}</h2>
      {all.length ? null : <p className="soft">{say("jobs_history_none")}</p>}
      <ul className="history">
        {shown.map((one) => (
          <JobRow key={one.id} job={one} />
        ))}
      </ul>
      {error ? <Trouble error={error} /> : null}
      {shown.length < all.length || next !== null ? (
        <p>
          <Button onPress={more} isPending={isSending}>
            {say("jobs_older")}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

function JobRow({ job }: { job: JobSaid }) {
  const words = useWords();
  const { say, time } = words;
  const when = time(job.asked_us / US_PER_MS);
  const took = tookWords(job, words);
  return (
    <li>
      <div className="history-head">
        <strong>{say(`kind_${job.kind}`)}</strong>
        <span className={job.state === "failed" ? "history-failed" : undefined}>
          {say(stateKey(job))}
        </span>
        <span className="small soft">
          {job.asked_by ? say("job_line", { when, name: askedBy(job.asked_by, words) }) : when}
          {took ? `, ${say("job_took", { time: took })}` : ""}
        </span>
      </div>
      <JobProblems job={job} />
    </li>
  );
}
