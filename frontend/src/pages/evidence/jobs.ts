import type { JobSaid } from "../../api/types/jobs.ts";
import type { Key, PlainKey, Words } from "../../ui/words/words.ts";

export type Kind = JobSaid["kind"];
/** Kinds that have a card, in the order in which they are of use. */
export const SHOWN: readonly Kind[] = ["check", "analyze", "compare", "discover"];

/** Steps of the work, by the names they give themselves. */
const STEPS: ReadonlyMap<string, PlainKey> = new Map<string, PlainKey>([
  ["reading events", "job_reading"],
  ["measuring the map", "job_measuring"],
  ["judging the map", "job_judging"],
  ["choosing quotes", "job_quotes"],
  ["measuring how customers move", "job_moves"],
  ["measuring groups", "job_groups"],
  ["judging groups", "job_judging_groups"],
  ["reading the map in all ways", "job_readings"],
  ["drafting maps", "job_drafting"],
  ["holding two sides together", "job_sides"],
  ["counting what customers do", "job_counting"],
]);
const MINUTE_S = 60;
const MICRO = 1_000_000;

/** Whether a job is still to end. */
export function isOpen(job: JobSaid): boolean {
  return job.state === "waiting" || job.state === "running";
}

/** What a job does at the moment. */
export function doingWords(job: JobSaid, { say }: Words): string {
  if (job.state === "waiting") return say("job_waits_for");
  const known = STEPS.get(job.doing);
  return known ? say(known) : job.doing || say("job_begins");
}

/** How a job stands or ended. */
export function stateKey(job: JobSaid): PlainKey {
  const isSame = job.state === "done" && !job.snapshot;
  return isSame ? "job_done_same" : (`job_${job.state}` satisfies Key);
}

/** How long a job ran, "" where it never began or has not ended. */
export function tookWords(job: JobSaid, { say }: Words): string {
  if (!job.began_us || !job.ended_us) return "";
  const seconds = Math.max(1, Math.round((job.ended_us - job.began_us) / MICRO));
  return seconds < 2 * MINUTE_S
    ? say("job_seconds", { count: seconds })
    : say("job_minutes", { count: Math.round(seconds / MINUTE_S) });
}

/** Who asked, as people read it; the server asks for the first results by itself. */
export function askedBy(name: string, { say }: Words): string {
  return name === "the server" ? say("job_by_server") : name;
}
