import type { JobSaid } from "../../api/types/jobs.ts";

/** Why a job failed: where, what, what to do. */
export function JobProblems({ job }: { job: JobSaid }) {
  return job.problems.map((one) => (
    <p key={`${one.code} ${one.place} ${one.what}`} className="small">
      {one.place ? <bdi>{one.place}: </bdi> : null}
      {one.what} [{one.code}]. {one.hint}
    </p>
  ));
}
