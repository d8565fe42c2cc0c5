import { Link } from "wouter";
import { call } from "../../api/calls.ts";
import type { DueSaid, RemindersSaid, ReviewSaid } from "../../api/types/activity.ts";
import { placeHref } from "../../board/evidence/place.ts";
import { laneTitle } from "../../board/view/titles.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked, useSending } from "../asked.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { ofMap } from "./useTalk.ts";

const WHY = {
  unverified: "review_unverified",
  old: "review_old",
  stale: "review_stale",
} as const;

const ORDER: readonly DueSaid["why"][] = ["stale", "old", "unverified"];

/** Whether the map is due for review, and which statements need another look. */
export function ReviewPart({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const { me } = useMe();
  const { day } = useWords();
  const { data, error, again } = useAsked<ReviewSaid>(ofMap(mapId, "review"));
  useNews(session, "evidence", again);
  const sending = useSending();
  const reviewed = async () => {
    if (!data) return;
    await call("POST /api/maps/{map}/edits", {
      path: { map: mapId },
      body: { do: "change", ref: "map", field: "reviewed", value: data.today },
    });
    tell({ words: say("review_told") });
    again();
  };
  return (
    <>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data ? (
        <section className="talk-box">
          {data.is_due ? (
            <Notice kind="warning">{say("review_is_due", { day: day(data.due) })}</Notice>
          ) : (
            <p>{data.due ? say("review_next", { day: day(data.due) }) : say("review_never")}</p>
          )}
          <p className="soft">
            {data.reviewed
              ? say("review_last", { day: day(data.reviewed) })
              : say("review_not_yet")}{" "}
            {data.owner ? (
              <bdi>{say("review_owner", { who: data.owner })}</bdi>
            ) : (
              say("review_no_owner")
            )}
          </p>
          {sending.error ? <Trouble error={sending.error} /> : null}
          {isAtLeast(me, "editor") && !me.lanes.length && data.reviewed !== data.today ? (
            <div>
              <Button
                weight="primary"
                icon="check"
                isPending={sending.isSending}
                onPress={() => sending.send(reviewed)}
              >
                {say("review_today")}
              </Button>
            </div>
          ) : null}
        </section>
      ) : null}
      {data ? <Statements mapId={mapId} found={data.statements} /> : null}
      {me.map ? null : <Others mapId={mapId} />}
    </>
  );
}

function Statements({ mapId, found }: { mapId: string; found: readonly DueSaid[] }) {
  const { say, day } = useWords();
  const sorted = ORDER.flatMap((why) => found.filter((one) => one.why === why));
  return (
    <section>
      <h3>{say("review_statements")}</h3>
      {found.length ? null : <p className="soft">{say("review_fine")}</p>}
      <ul className="talk-rows">
        {sorted.map((one) => (
          <li key={one.ref}>
            <Link href={placeHref(mapId, one.ref)} dir="auto">
              {one.label}
            </Link>
            <p className="small soft">
              <bdi>{[one.home, laneTitle(say, one.lane)].filter(Boolean).join(" · ")}</bdi>
              {" · "}
              {say(WHY[one.why])}
              {one.since ? ` ${say("review_since", { day: day(one.since) })}` : ""}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Other maps that are due, those one cares for first. */
function Others({ mapId }: { mapId: string }) {
  const { say, day } = useWords();
  const { data } = useAsked<RemindersSaid>("/api/reminders");
  const others = data?.reminders.filter((one) => one.map !== mapId) ?? [];
  const sorted = [...others].sort((one, other) => Number(other.is_mine) - Number(one.is_mine));
  if (!sorted.length) return null;
  return (
    <section>
      <h3>{say("review_others")}</h3>
      <ul className="talk-rows">
        {sorted.map((one) => (
          <li key={one.map}>
            <Link href={`${hrefOf(one.map, "discussion")}/review`} dir="auto">
              {one.title}
            </Link>
            <p className="small soft">
              {say("review_due_on", { day: day(one.due) })}
              {one.owner ? (
                <>
                  {" · "}
                  <bdi>{say("review_owner", { who: one.owner })}</bdi>
                </>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
