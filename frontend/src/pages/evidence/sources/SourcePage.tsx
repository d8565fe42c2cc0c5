import { useState } from "react";
import { Link, useLocation } from "wouter";
import { call } from "../../../api/calls.ts";
import type { ProofSaid, SourceChange } from "../../../api/types/data.ts";
import { Button } from "../../../ui/Button.tsx";
import { Checkbox } from "../../../ui/Fields.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { tell } from "../../../ui/Toasts.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import { useAsked, useSending } from "../../asked.ts";
import type { RoomProps } from "../../map/rooms.tsx";
import { ColumnList } from "./ColumnList.tsx";
import { FileTrouble } from "./FileTrouble.tsx";
import { Found } from "./Found.tsx";
import { Privacy } from "./Privacy.tsx";
import { Reading } from "./Reading.tsx";
import { sourcesHref, TakeAway } from "./Sources.tsx";

/** How a file is changed, and whether that is under way. */
export type Change = (change: SourceChange) => void;

/** What a file is taken for: shown as sentences that can be corrected. */
export function SourcePage({ session, mapId, id }: RoomProps & { id: string }) {
  const { say } = useWords();
  const path = `/api/maps/${encodeURIComponent(mapId)}/sources/${encodeURIComponent(id)}`;
  const { data, error, again } = useAsked<ProofSaid>(path);
  const back = (
    <Link href={sourcesHref(mapId)} className="source-back">
      <Icon name="back" />
      <span>{say("data_to_list")}</span>
    </Link>
  );
  return (
    <section className="sources">
      {back}
      {data ? <Sheet key={id} session={session} mapId={mapId} first={data} /> : null}
      {error ? <FileTrouble error={error} name={id} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
    </section>
  );
}

function Sheet({ session, mapId, first }: RoomProps & { first: ProofSaid }) {
  const { say } = useWords();
  const [, navigate] = useLocation();
  const [proof, setProof] = useState(first);
  const { isSending, error, send } = useSending();
  const { source } = proof;
  const path = { map: mapId, source: source.id };
  const isOpen = source.state === "proposed";
  const change: Change = (body) => {
    send(async () => {
      setProof(await call("PATCH /api/maps/{map}/sources/{source}", { path, body }));
    });
  };
  const about: Change = (body) => {
    send(async () => {
      setProof(await call("PATCH /api/maps/{map}/sources/{source}", { path, body }));
      tell({ words: say("about_changed"), act: { words: say("about_check"), do: check } });
    });
  };
  const check = () => {
    const body = { kind: "check" } as const;
    send(() => call("POST /api/maps/{map}/jobs", { path: { map: mapId }, body }));
  };
  const confirm = async () => {
    const done = await send(() => call("POST /api/maps/{map}/sources/{source}/confirm", { path }));
    if (!done) return;
    tell({ words: say("proof_done", { name: source.name }) });
    navigate(sourcesHref(mapId));
  };
  const isOwn = source.origin === "project";
  return (
    <article className="proof" aria-busy={isSending}>
      <h2 className="room-title" dir="auto">
        {source.name}
      </h2>
      {isOpen || isOwn ? null : <p className="soft">{say("proof_is_used")}</p>}
      {proof.questions.map((one) => (
        <Notice key={one.code} kind="warning">
          <strong>{say("proof_questions")}</strong>
          <p>{questionWords(one.role, say)}</p>
        </Notice>
      ))}
      <Reading
        session={session}
        proof={proof}
        change={isOpen ? change : undefined}
        about={isOpen || isOwn ? undefined : about}
      />
      <Found proof={proof} />
      {isOwn && proof.columns.length ? <ColumnList columns={proof.columns} /> : null}
      {proof.columns.length ? <Privacy proof={proof} change={isOpen ? change : undefined} /> : null}
      {error ? <FileTrouble error={error} name={source.name} /> : null}
      <p role="status" className="unseen">
        {isSending ? say("data_reading", { name: source.name }) : ""}
      </p>
      {isOpen ? (
        <footer className="proof-foot">
          <Checkbox
            isSelected={source.is_for_all}
            onChange={(is_for_all) => change({ is_for_all })}
          >
            {say("proof_for_all")}
          </Checkbox>
          <div className="source-acts">
            <Button
              weight="primary"
              icon="check"
              isDisabled={isSending || proof.questions.length > 0}
              onPress={confirm}
            >
              {say("proof_yes")}
            </Button>
            <TakeAway source={source} mapId={mapId} onGone={() => navigate(sourcesHref(mapId))} />
          </div>
          <p className="small soft">{say("proof_yes_more")}</p>
        </footer>
      ) : null}
    </article>
  );
}

function questionWords(role: string, say: ReturnType<typeof useWords>["say"]): string {
  switch (role) {
    case "case":
    case "activity":
    case "time":
    case "time_format":
    case "score":
      return say(`question_${role}`);
    default:
      return say("question_");
  }
}
