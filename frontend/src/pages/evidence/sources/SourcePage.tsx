import { useCallback, useEffect, useRef } from "react";
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
import { useNews } from "../../useNews.ts";
import { ColumnList } from "./ColumnList.tsx";
import { FileTrouble } from "./FileTrouble.tsx";
import { Found } from "./Found.tsx";
import { Privacy } from "./Privacy.tsx";
import { Reading } from "./Reading.tsx";
import { sourcesHref, TakeAway } from "./Sources.tsx";
import { settled } from "./settled.ts";
import { refusedOf, underWords } from "./told.ts";
import { usePatience } from "./usePatience.ts";

/** How a file is changed, and whether that is under way. */
export type Change = (change: SourceChange) => unknown;

/** What a file is taken for: shown as sentences that can be corrected. */
export function SourcePage({ session, mapId, id }: RoomProps & { id: string }) {
  const { say } = useWords();
  const path = `/api/maps/${encodeURIComponent(mapId)}/sources/${encodeURIComponent(id)}`;
  const asked = useAsked<ProofSaid>(path);
  const { data, error } = asked;
  // nothing is asked of a source that is being taken away here
  const isGoing = useRef(false);
  const askAgain = asked.again;
  const again = useCallback(() => {
    if (!isGoing.current) askAgain();
  }, [askAgain]);
  useNews(session, "sources", again);
  usePatience(Boolean(data?.source.doing), again);
  const back = (
    <Link href={sourcesHref(mapId)} className="source-back">
      <Icon name="back" />
      <span>{say("data_to_list")}</span>
    </Link>
  );
  return (
    <section className="sources">
      {back}
      {data ? (
        <Sheet
          key={id}
          session={session}
          mapId={mapId}
          proof={data}
          again={again}
          isGoing={isGoing}
        />
      ) : null}
      {error ? <FileTrouble error={error} name={id} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
    </section>
  );
}

type SheetProps = RoomProps & {
  proof: ProofSaid;
  again: () => void;
  isGoing: React.RefObject<boolean>;
};

function Sheet({ session, mapId, proof, again, isGoing }: SheetProps) {
  const words = useWords();
  const { say } = words;
  const [, navigate] = useLocation();
  const { isSending, error, send } = useSending();
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const { source } = proof;
  const path = { map: mapId, source: source.id };
  const isBusy = isSending || source.doing !== "";
  const isArrived = source.state === "arrived";
  const isOpen = source.state === "proposed";
  const isOwn = source.origin === "project";
  const wrong = error ? undefined : refusedOf(source);
  /** Ask for something that may take a while, and see it through. */
  const act = async (ask: () => Promise<unknown>) => {
    const done = await send(async () => {
      await ask();
      again();
      await settled(path);
    });
    again();
    return done;
  };
  const patch = (body: SourceChange) =>
    act(() => call("PATCH /api/maps/{map}/sources/{source}", { path, body }));
  const about: Change = async (body) => {
    if (!(await patch(body))) return;
    tell({ words: say("about_changed"), act: { words: say("about_check"), do: check } });
  };
  const check = () => {
    const body = { kind: "check" } as const;
    send(() => call("POST /api/maps/{map}/jobs", { path: { map: mapId }, body }));
  };
  const confirm = async () => {
    if (!(await act(() => call("POST /api/maps/{map}/sources/{source}/confirm", { path })))) return;
    tell({ words: say("proof_done", { name: source.name }) });
    if (isHere.current) navigate(sourcesHref(mapId));
  };
  const away = (
    <TakeAway
      source={source}
      mapId={mapId}
      isGoing={isGoing}
      onGone={() => navigate(sourcesHref(mapId))}
    />
  );
  const under = underWords(source, words);
  // where the reader looks: what was asked for here stands beside its button
  const told = (
    <>
      {under ? (
        <div className="source-under">
          <p role="status" dir="auto">
            {under}
          </p>
          <progress aria-label={under} />
          <p className="small soft">{say("data_may_leave")}</p>
        </div>
      ) : null}
      {wrong ? <FileTrouble error={wrong} name={source.name} /> : null}
    </>
  );
  return (
    <article className="proof" aria-busy={isBusy}>
      <h2 className="room-title" dir="auto">
        {source.name}
      </h2>
      {isSending ? null : told}
      {isArrived ? (
        <div className="source-acts">{away}</div>
      ) : (
        <>
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
            change={isOpen ? patch : undefined}
            about={isOpen || isOwn ? undefined : about}
          />
          <Found proof={proof} />
          {isOwn && proof.columns.length ? <ColumnList columns={proof.columns} /> : null}
          {proof.columns.length ? (
            <Privacy proof={proof} change={isOpen ? patch : undefined} />
          ) : null}
        </>
      )}
      {isSending ? told : null}
      {error ? <FileTrouble error={error} name={source.name} /> : null}
      {isOpen ? (
        <footer className="proof-foot">
          <Checkbox
            isSelected={source.is_for_all}
            onChange={(is_for_all) => void patch({ is_for_all })}
          >
            {say("proof_for_all")}
          </Checkbox>
          <div className="source-acts">
            <Button
              weight="primary"
              icon="check"
              isDisabled={isBusy || proof.questions.length > 0}
              onPress={confirm}
            >
              {say("proof_yes")}
            </Button>
            {away}
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
