import { Link } from "wouter";
import { call } from "../../api/calls.ts";
import type { DoneSaid, EventSaid, HappenedSaid, SpellSaid } from "../../api/types/activity.ts";
import { placeHref } from "../../board/evidence/place.ts";
import { fieldWords } from "../../board/fieldWords.ts";
import { laneTitle } from "../../board/view/titles.ts";

import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { useOlder } from "../older.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { deedWords, detailWords } from "./deeds.ts";
import { ofMap } from "./useTalk.ts";

const US_PER_MS = 1000;
const COUNTS = {
  add: "activity_add",
  change: "activity_change",
  move: "activity_move",
  mark_gone: "activity_mark_gone",
  bring_back: "activity_bring_back",
} as const;
const DID = {
  add: "did_add",
  change: "did_change",
  move: "did_move",
  mark_gone: "did_mark_gone",
  bring_back: "did_bring_back",
} as const;

/** What happened to the map, newest first. */
export function ActivityPart({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const { data, error, again } = useAsked<HappenedSaid>(ofMap(mapId, "activity"));
  useNews(session, "proposals", again);
  const { all, button } = useOlder(
    data,
    (last) => Boolean(last.before_us),
    ({ before_us }) =>
      call("GET /api/maps/{map}/activity", {
        path: { map: mapId },
        query: before_us ? { before_us } : {},
      }),
  );
  const events = all.flatMap((one) => one.events);
  return (
    <>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data && !events.length ? <p className="soft">{say("activity_none")}</p> : null}
      <ol className="talk-rows">
        {events.map((one) => (
          <li key={keyOf(one)}>
            {one.edits ? <Spell spell={one.edits} mapId={mapId} /> : null}
            {one.done ? <Done done={one.done} /> : null}
          </li>
        ))}
      </ol>
      {button}
    </>
  );
}

function keyOf(one: EventSaid): string {
  return one.done ? one.done.id : `${one.edits?.to_us} ${one.edits?.who}`;
}

/** What somebody did to the map within an hour. */
function Spell({ spell, mapId }: { spell: SpellSaid; mapId: string }) {
  const { say, list, time } = useWords();
  const counts = new Map(Object.entries(spell.counts));
  const told = Object.entries(COUNTS).flatMap(([what, words]) => {
    const count = counts.get(what);
    return count ? [say(words, { count })] : [];
  });
  return (
    <>
      <p>
        <strong dir="auto">{spell.who || say("talk_team")}</strong>: {list(told)}
        {spell.proposed_by.length ? (
          <bdi> ({say("activity_proposed", { who: list(spell.proposed_by) })})</bdi>
        ) : null}
      </p>
      <p className="small soft">{time(spell.to_us / US_PER_MS)}</p>
      <details>
        <summary className="small">{say("activity_what")}</summary>
        <ul className="talk-small">
          {spell.changes.map((one, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one card may be changed twice
            <li key={`${one.ref} ${place}`}>
              <Link href={placeHref(mapId, one.ref)}>
                <bdi>
                  {say(DID[one.do], { what: one.ref === "map" ? say("talk_map") : one.label })}
                </bdi>
              </Link>
              <span className="soft">
                {one.lane ? ` · ${laneTitle(say, one.lane)}` : ""}
                {one.field ? ` · ${fieldWords(say, one.ref, one.field)}` : ""}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Done({ done }: { done: DoneSaid }) {
  const words = useWords();
  const { say, time } = words;
  const detail = "name" in done.detail ? detailWords(words, { name: done.detail.name }) : "";
  return (
    <>
      <p>
        <strong dir="auto">
          {done.who || (done.kind === "server" ? say("activity_server") : say("talk_team"))}
        </strong>{" "}
        {deedWords(say, done.action)}
        {detail ? <bdi className="soft talk-words"> ({detail})</bdi> : null}
      </p>
      <p className="small soft">{time(done.at_us / US_PER_MS)}</p>
    </>
  );
}
