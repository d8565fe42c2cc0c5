import { useCallback, useState } from "react";
import { Link, useLocation } from "wouter";
import { call } from "../../../api/calls.ts";
import type { SourceSaid, SourcesSaid } from "../../../api/types/data.ts";
import { Button } from "../../../ui/Button.tsx";
import { AskDialog } from "../../../ui/Dialog.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Empty, Notice } from "../../../ui/Notice.tsx";
import { tell } from "../../../ui/Toasts.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import { useAsked, useSending } from "../../asked.ts";
import type { PartProps } from "../../map/RoomParts.tsx";
import { hrefOf } from "../../map/RoomSwitch.tsx";
import type { RoomProps } from "../../map/rooms.tsx";
import { isAtLeast, useMe } from "../../shell/me.tsx";
import { Trouble } from "../../trouble.tsx";
import { useNews } from "../../useNews.ts";
import { FileTrouble } from "./FileTrouble.tsx";
import { SourcePage } from "./SourcePage.tsx";
import { countsOf, privacyOf, refusedOf, sizeOf, stateKey, underWords } from "./told.ts";
import { Upload } from "./Upload.tsx";
import { usePatience } from "./usePatience.ts";
import "./sources.css";

const US_PER_MS = 1000;

/** Address of the sources of a map, or of one of them. */
export function sourcesHref(mapId: string, source = ""): string {
  const all = `${hrefOf(mapId, "evidence")}/sources`;
  return source ? `${all}/${encodeURIComponent(source)}` : all;
}

/** Data of a map: files people brought and those of the project. */
export function Sources({ rest, ...props }: PartProps) {
  return rest ? <SourcePage {...props} id={rest} /> : <SourceList {...props} />;
}

function SourceList({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const { me } = useMe();
  const [, navigate] = useLocation();
  const path = `/api/maps/${encodeURIComponent(mapId)}/sources`;
  const { data, error, again } = useAsked<SourcesSaid>(path);
  useNews(session, "sources", again);
  usePatience(data?.sources.some((one) => one.doing) ?? false, again);
  const mayLead = isAtLeast(me, "facilitator") && !me.map;
  const looked = useCallback((id: string) => navigate(sourcesHref(mapId, id)), [navigate, mapId]);
  if (!data) {
    return error ? <Trouble error={error} retry={again} /> : <p role="status">{say("loading")}</p>;
  }
  return (
    <section className="sources" aria-labelledby="sources-title">
      <h2 id="sources-title" className="room-title">
        {say("data")}
      </h2>
      <p className="soft">{say("data_more")}</p>
      {mayLead && data.keeps_files ? (
        <Upload mapId={mapId} mostBytes={data.most_bytes} onLook={looked} />
      ) : null}
      {data.keeps_files ? null : <Notice kind="warning">{say("data_no_files")}</Notice>}
      {data.sources.length ? (
        <ul className="source-list" aria-label={say("data_sources")}>
          {data.sources.map((one) => (
            <SourceCard key={one.id} source={one} mapId={mapId} mayLead={mayLead} again={again} />
          ))}
        </ul>
      ) : (
        <Empty title={say("data_none")}>
          <p>{say(mayLead ? "data_none_lead" : "data_none_look")}</p>
        </Empty>
      )}
    </section>
  );
}

type CardProps = { source: SourceSaid; mapId: string; mayLead: boolean; again: () => void };

function SourceCard({ source, mapId, mayLead, again }: CardProps) {
  const words = useWords();
  const { say, time } = words;
  const isOwn = source.origin === "project";
  const when = time(source.at_us / US_PER_MS);
  const isReady = source.state === "confirmed" && !source.doing;
  const wrong = refusedOf(source);
  const about = [
    ...(source.kind ? [say(source.kind === "events" ? "data_events" : "data_feedback")] : []),
    ...countsOf(source, words),
  ];
  return (
    <li className="source">
      <div className="source-head">
        <h3 dir="auto">{source.name}</h3>
        <span className={isReady ? "source-mark" : "source-mark is-waiting"}>
          <Icon name={isReady ? "check" : source.doing ? "more" : "warning"} />
          {say(stateKey(source))}
        </span>
      </div>
      <p>{about.length ? about.join(" · ") : sizeOf(source.bytes, words)}</p>
      {source.doing ? <progress aria-label={underWords(source, words)} /> : null}
      {wrong ? <FileTrouble error={wrong} name={source.name} /> : null}
      {privacyOf(source, words).map((one) => (
        <p key={one} className="small soft" dir="auto">
          {one}
        </p>
      ))}
      <p className="small soft">
        {isOwn ? say("data_of_project") : null}
        {source.by ? say("data_brought", { name: source.by, when }) : null}
        {source.is_for_all && !isOwn ? ` · ${say("data_for_all")}` : null}
      </p>
      <div className="source-acts">
        {mayLead ? (
          <Link
            href={sourcesHref(mapId, source.id)}
            className="button"
            aria-label={say("data_look_at", { name: source.name })}
          >
            {say("data_look")}
          </Link>
        ) : null}
        {mayLead && !isOwn ? <TakeAway source={source} mapId={mapId} onGone={again} /> : null}
      </div>
    </li>
  );
}

type AwayProps = {
  source: SourceSaid;
  mapId: string;
  /** Whether it is being taken away at this moment. */
  isGoing?: React.RefObject<boolean>;
  onGone: () => void;
};

/** The button that takes a source away, after a question. */
export function TakeAway({ source, mapId, isGoing, onGone }: AwayProps) {
  const { say } = useWords();
  const { name } = source;
  const isFailed = source.is_failed && source.state === "arrived";
  const [isAsking, setAsking] = useState(false);
  const { isSending, error, send } = useSending();
  const away = async () => {
    const path = { map: mapId, source: source.id };
    if (isGoing) isGoing.current = true;
    const done = await send(() => call("DELETE /api/maps/{map}/sources/{source}", { path }));
    if (isGoing) isGoing.current = done;
    if (!done) return;
    if (!isFailed) tell({ words: say("data_taken", { name }) });
    onGone();
  };
  return (
    <>
      <Button
        icon="gone"
        weight="quiet"
        aria-label={say("data_take_it", { name })}
        isDisabled={isSending}
        // of a file that nobody could read nothing is lost
        onPress={() => (isFailed ? away() : setAsking(true))}
      >
        {say("data_take")}
      </Button>
      {error ? <Trouble error={error} /> : null}
      <AskDialog
        title={say("data_take_it", { name })}
        act={say("data_take")}
        isDanger
        isOpen={isAsking}
        onOpenChange={setAsking}
        onAct={away}
      >
        {say("data_take_sure")}
      </AskDialog>
    </>
  );
}
