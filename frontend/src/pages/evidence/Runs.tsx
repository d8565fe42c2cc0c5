import { useCallback, useState } from "react";
import { Link } from "wouter";
import { addressOf } from "../../api/calls.ts";
import type { EvidenceSaid, JobsSaid } from "../../api/types/jobs.ts";
import { Empty, Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { DatabaseField } from "./DatabaseField.tsx";
import { Drafts } from "./Drafts.tsx";
import { partOf } from "./EvidenceRoom.tsx";
import { History } from "./History.tsx";
import { isOpen, SHOWN } from "./jobs.ts";
import { KindCard } from "./KindCard.tsx";
import { ScheduleForm } from "./ScheduleForm.tsx";

/** What was found of a map, what is under way, and what can be asked for. */
export function Runs({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const { me } = useMe();
  const evidence = useAsked<EvidenceSaid>(addressOf("/api/maps/{map}/evidence", names(mapId)));
  const jobs = useAsked<JobsSaid>(addressOf("/api/maps/{map}/jobs", names(mapId)));
  const againEvidence = evidence.again;
  const againJobs = jobs.again;
  const again = useCallback(() => {
    againEvidence();
    againJobs();
  }, [againEvidence, againJobs]);
  useNews(session, "jobs", again);
  useNews(session, "evidence", againEvidence);
  const error = evidence.error ?? jobs.error;
  const found = evidence.data;
  const listed = jobs.data;
  const mayAsk = isAtLeast(me, "editor") && !me.lanes.length && found?.can_run === true;
  const [chosen, setChosen] = useState("");
  const several = found && found.databases.length > 1 ? found.databases : [];
  const database = several.find((one) => one === chosen) ?? found?.database ?? "";
  return (
    <>
      <p className="soft">{say("jobs_more")}</p>
      {error ? <Trouble error={error} retry={again} /> : null}
      {(found && listed) || error ? null : <p role="status">{say("loading")}</p>}
      {found ? <Hints found={found} mapId={mapId} /> : null}
      {found && listed ? (
        <>
          <section className="evidence-section" aria-labelledby="jobs-there">
            <h2 id="jobs-there">{say("jobs_there")}</h2>
            {mayAsk ? (
              <DatabaseField names={several} chosen={database} onChoose={setChosen} />
            ) : null}
            <div className="kinds">
              {SHOWN.map((kind) => (
                <KindCard
                  key={kind}
                  kind={kind}
                  mapId={mapId}
                  snapshot={found.snapshots.find((one) => one.kind === kind)}
                  job={listed.jobs.find((one) => one.kind === kind && isOpen(one))}
                  ended={listed.jobs.find((one) => one.kind === kind && !isOpen(one))}
                  mayAsk={
                    mayAsk &&
                    found.has_events &&
                    (kind === "discover" || found.is_bound) &&
                    (!several.length || database !== "")
                  }
                  database={several.length ? database : ""}
                  again={again}
                />
              ))}
            </div>
          </section>
          <Drafts mapId={mapId} newest={found.snapshots.find((one) => one.kind === "discover")} />
          <ScheduleForm mapId={mapId} canRun={found.can_run} />
          <History mapId={mapId} first={listed} again={again} />
        </>
      ) : null}
    </>
  );
}

function Hints({ found, mapId }: { found: EvidenceSaid; mapId: string }) {
  const { say } = useWords();
  if (!found.can_run)
    return (
      <Notice kind="warning">
        <strong>{say("jobs_no_runner")}</strong>
        <p>{say("jobs_no_runner_more")}</p>
      </Notice>
    );
  if (!found.has_events)
    return (
      <Empty title={say("jobs_no_events")}>
        <p>{say("jobs_no_events_more")}</p>
        <Link href={partOf(mapId, "sources")}>{say("jobs_to_sources")}</Link>
      </Empty>
    );
  if (!found.is_bound)
    return (
      <Empty title={say("jobs_unbound")}>
        <p>{say("jobs_unbound_more")}</p>
        <Link href={partOf(mapId, "binding")}>{say("jobs_to_binding")}</Link>
      </Empty>
    );
  return null;
}

function names(mapId: string): ReadonlyMap<string, string> {
  return new Map([["map", mapId]]);
}
