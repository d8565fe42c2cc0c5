import { useEffect, useState } from "react";
import { Link } from "wouter";
import { addressOf } from "../../api/calls.ts";
import { api } from "../../api/client.ts";
import type { DraftSaid, DraftsSaid, SnapshotSaid } from "../../api/types/jobs.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked, useSending } from "../asked.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";

/** Drafts of the newest discovery: to look at, and to take as maps. */
export function Drafts({ mapId, newest }: { mapId: string; newest: SnapshotSaid | undefined }) {
  const { say } = useWords();
  const path = addressOf("/api/maps/{map}/drafts", new Map([["map", mapId]]));
  const { data, error, again } = useAsked<DraftsSaid>(path);
  const id = newest?.id;
  useEffect(() => {
    if (id) again();
  }, [id, again]);
  return (
    <section className="evidence-section" aria-labelledby="jobs-drafts">
      <h2 id="jobs-drafts">{say("drafts_found")}</h2>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data && !data.drafts.length ? <p className="soft">{say("drafts_none")}</p> : null}
      <div className="kinds">
        {data?.drafts.map((one) => (
          <DraftCard key={one.id} draft={one} />
        ))}
      </div>
      {data?.notes.length ? (
        <ul className="kind-sources small soft">
          {data.notes.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function DraftCard({ draft }: { draft: DraftSaid }) {
  const { say } = useWords();
  const { me } = useMe();
  const { send, error, isSending } = useSending();
  const [isTaken, setTaken] = useState(false);
  const { title } = draft;
  const take = () =>
    send(async () => {
      await api.post("/api/maps", draft.text);
      setTaken(true);
    });
  return (
    <article className="kind" aria-label={title}>
      <h3>
        <bdi>{title}</bdi>
      </h3>
      <p>{say("draft_cases", { count: draft.cases })}</p>
      <ol className="draft-stages">
        {draft.stages.map((stage) => (
          <li key={stage.name}>
            <bdi>{stage.name}</bdi>: <bdi>{stage.steps.join(" → ")}</bdi>
          </li>
        ))}
      </ol>
      {error ? <Trouble error={error} /> : null}
      <div className="kind-acts">
        {isTaken ? (
          <p role="status">
            {say("draft_taken", { title })}.{" "}
            <Link href={hrefOf(draft.id, "")}>{say("draft_open")}</Link>
          </p>
        ) : isAtLeast(me, "facilitator") ? (
          <Button
            isPending={isSending}
            onPress={take}
            aria-label={say("draft_take_which", { title })}
          >
            {say("draft_take")}
          </Button>
        ) : null}
      </div>
    </article>
  );
}
