import { useState } from "react";
import { Link } from "wouter";
import { call } from "../../api/calls.ts";
import type { AgendaItem, PlansSaid, TimerSent, WorkshopSaid } from "../../api/types/workshop.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked, useSending } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { Clock } from "./Clock.tsx";
import { hrefIn } from "./clock.ts";
import { PlanDialog } from "./PlanDialog.tsx";
import { useWorkshop } from "./useWorkshop.ts";

const MORE_MINUTES = 5;

/** The plan of a workshop and its clock. */
export function PlanPage({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const { me } = useMe();
  const { data, error, again } = useWorkshop(session, mapId);
  const [isOpen, setOpen] = useState(false);
  const leads = isAtLeast(me, "facilitator");
  if (error && !data) return <Trouble error={error} retry={again} />;
  if (!data) return <p role="status">{say("loading")}</p>;
  return (
    <>
      {data.items.length ? (
        <Plan mapId={mapId} told={data} leads={leads} change={() => setOpen(true)} />
      ) : (
        <Empty title={say("ws_plan_none")}>
          <p>{say(leads ? "ws_plan_none_more" : "ws_plan_wait")}</p>
        </Empty>
      )}
      {leads ? <ReadyPlans mapId={mapId} told={data} own={() => setOpen(true)} /> : null}
      {isOpen ? <PlanDialog mapId={mapId} told={data} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

type PlanProps = { mapId: string; told: WorkshopSaid; leads: boolean; change: () => void };

function Plan({ mapId, told, leads, change }: PlanProps) {
  const { say } = useWords();
  const { send, error, isSending } = useSending();
  const run = (body: TimerSent) =>
    send(() => call("POST /api/maps/{map}/workshop/timer", { path: { map: mapId }, body }));
  const { timer } = told;
  const isOn = timer.state === "running" || timer.state === "paused";
  const index = told.items.findIndex((one) => one.id === timer.item);
  const next = index >= 0 ? told.items[index + 1] : undefined;
  const minutes = told.items.reduce((sum, one) => sum + (one.minutes ?? 0), 0);
  return (
    <section className="ws-plan">
      <h3 className="ws-plan-title">
        <bdi>{told.title}</bdi>
      </h3>
      <p className="soft">{say("ws_whole", { minutes: say("ws_minutes", { count: minutes }) })}</p>
      {isOn ? (
        <div className="ws-now">
          <Clock told={told} isLarge />
          {leads ? (
            <div className="ws-row">
              {timer.state === "running" ? (
                <Button onPress={() => run({ do: "pause" })}>{say("ws_pause")}</Button>
              ) : (
                <Button weight="primary" onPress={() => run({ do: "resume" })}>
                  {say("ws_resume")}
                </Button>
              )}
              <Button onPress={() => run({ do: "add", minutes: MORE_MINUTES })}>
                {say("ws_more_time")}
              </Button>
              {next?.id ? (
                <Button onPress={() => run({ do: "start", item: next.id ?? "" })}>
                  {say("ws_next", { title: next.title })}
                </Button>
              ) : null}
              <Button weight="quiet" onPress={() => run({ do: "stop" })}>
                {say("ws_stop")}
              </Button>
            </div>
          ) : null}
        </div>
      ) : null}
      {error ? <Trouble error={error} /> : null}
      <ol className="ws-items">
        {told.items.map((one) => (
          <Item
            key={one.id}
            mapId={mapId}
            item={one}
            isNow={isOn && one.id === timer.item}
            start={leads && !isSending ? () => run({ do: "start", item: one.id ?? "" }) : undefined}
          />
        ))}
      </ol>
      {told.parts.length ? (
        <div className="ws-parts">
          <h3>{say("ws_parts")}</h3>
          <ul>
            {told.parts.map((one) => (
              <li key={`${one.part} ${one.who}`}>
                {say(`ws_part_${one.part}`)}: <bdi>{one.who}</bdi>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {leads ? (
        <p>
          <Button icon="pen" onPress={change}>
            {say("ws_plan_change")}
          </Button>
        </p>
      ) : null}
    </section>
  );
}

type ItemProps = {
  mapId: string;
  item: AgendaItem;
  isNow: boolean;
  start: (() => void) | undefined;
};

function Item({ mapId, item, isNow, start }: ItemProps) {
  const { say } = useWords();
  return (
    <li
      className={isNow ? "ws-item ws-item-now" : "ws-item"}
      aria-current={isNow ? "step" : undefined}
    >
      <p className="soft">
        {say(`ws_ex_${item.exercise ?? "discuss"}`)} ·{" "}
        {say("ws_minutes", { count: item.minutes ?? 0 })}
        {isNow ? <strong className="ws-tag">{say("ws_item_now")}</strong> : null}
      </p>
      <h4>
        <bdi>{item.title}</bdi>
      </h4>
      {item.what ? <p dir="auto">{item.what}</p> : null}
      {start || item.room ? (
        <div className="ws-row">
          {start && !isNow ? (
            <Button onPress={start} aria-label={say("ws_item_start", { title: item.title })}>
              {say("ws_item_start", { title: "" }).replace(/[:：]\s*$/, "")}
            </Button>
          ) : null}
          {item.room ? <Link href={hrefIn(mapId, item.room)}>{say("ws_item_go")}</Link> : null}
        </div>
      ) : null}
    </li>
  );
}

type ReadyProps = { mapId: string; told: WorkshopSaid; own: () => void };

/** Plans to begin with. */
function ReadyPlans({ mapId, told, own }: ReadyProps) {
  const { say, language } = useWords();
  const { data } = useAsked<PlansSaid>(`/api/workshop-plans?language=${language}`);
  const { send, error, isSending } = useSending();
  const isNew = told.items.length === 0;
  const take = (name: string) =>
    send(async () => {
      const plan = data?.plans.find((one) => one.name === name);
      if (!plan) return;
      const body = { n: told.n, title: plan.title, items: plan.items, parts: told.parts };
      await call("PUT /api/maps/{map}/workshop/plan", { path: { map: mapId }, body });
    });
  const list = (
    <>
      <div className="ws-ready">
        {data?.plans.map((one) => (
          <Button key={one.name} isDisabled={isSending} onPress={() => take(one.name)}>
            {one.title}
          </Button>
        ))}
        {isNew ? (
          <Button icon="pen" onPress={own}>
            {say("ws_plan_own")}
          </Button>
        ) : null}
      </div>
      {error ? <Trouble error={error} /> : null}
    </>
  );
  if (isNew) {
    return (
      <section className="ws-part">
        <p>{say("ws_plan_begin")}</p>
        {list}
      </section>
    );
  }
  return (
    <details className="ws-other">
      <summary>{say("ws_plan_other")}</summary>
      <p className="soft">{say("ws_plan_replace")}</p>
      {list}
    </details>
  );
}
