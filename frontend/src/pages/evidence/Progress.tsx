import { ProgressBar } from "react-aria-components";
import { call } from "../../api/calls.ts";
import type { JobSaid } from "../../api/types/jobs.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { doingWords } from "./jobs.ts";

/** How far a job is, and how to want it no longer. */
export function Progress({
  job,
  mapId,
  again,
}: {
  job: JobSaid;
  mapId: string;
  again: () => void;
}) {
  const words = useWords();
  const { me } = useMe();
  const { send, error, isSending } = useSending();
  const kind = words.say(`kind_${job.kind}`);
  const told = words.say("job_progress", { kind, doing: doingWords(job, words) });
  const mayCancel = isAtLeast(me, "facilitator") || (job.is_mine && isAtLeast(me, "editor"));
  const cancel = () =>
    send(async () => {
      await call("DELETE /api/maps/{map}/jobs/{job}", { path: { map: mapId, job: job.id } });
      again();
    });
  return (
    <div className="job-progress">
      <ProgressBar
        className="job-progress"
        aria-label={told}
        value={Math.round(job.share * 100)}
        isIndeterminate={job.state === "waiting"}
      >
        {({ percentage }) => (
          <>
            <span role="status">
              {told}
              {job.state === "running" ? ` · ${words.number(job.share, { style: "percent" })}` : ""}
            </span>
            <div className="job-progress-track" aria-hidden="true">
              <div className="job-progress-done" style={{ inlineSize: `${percentage ?? 0}%` }} />
            </div>
          </>
        )}
      </ProgressBar>
      {error ? <Trouble error={error} /> : null}
      {mayCancel ? (
        <div className="kind-acts">
          <Button
            isPending={isSending}
            onPress={cancel}
            aria-label={words.say("job_cancel_which", { kind })}
          >
            {words.say("job_cancel")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
