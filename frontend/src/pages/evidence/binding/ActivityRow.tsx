import type { ActivitySaid } from "../../../api/types/data.ts";
import { valueWords } from "../../../board/evidence/numbers.ts";
import { Button } from "../../../ui/Button.tsx";
import { Menu, MenuItem, MenuTrigger } from "../../../ui/Menu.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import { looseEvents, type Step } from "./patterns.ts";

/** How an activity that is dragged is called. */
export const DRAGGED = "application/x-desirepath-activity";

type RowProps = {
  activity: ActivitySaid;
  /** Steps it means. */
  on: readonly Step[];
  steps: readonly Step[];
  /** Others that are probably the same. */
  near: readonly string[];
  /** All there are. */
  customers: number;
  onBind: (step: Step, activities: readonly string[]) => void;
};

/** An activity: how many customers show it, what stands beside it, and which step it means. */
export function ActivityRow({ activity, on, steps, near, customers, onBind }: RowProps) {
  const words = useWords();
  const { say, number, list } = words;
  const name = activity.activity;
  const share = valueWords(words, activity.share, "share");
  const first = on[0];
  const channels = activity.channels.filter((one) => one.channel);
  const left = on.length ? looseEvents(activity, steps) : 0;
  const beside = (told: ActivitySaid["before"]) => list(told.map((one) => one.name));
  return (
    <li
      className={on.length ? "binding-activity" : "binding-activity is-loose"}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(DRAGGED, name);
        event.dataTransfer.effectAllowed = "link";
      }}
    >
      <div className="binding-words">
        <strong dir="auto">{name}</strong>
        <p>
          {say(on.length ? "binding_share" : "binding_share_loose", {
            share,
            count: number(activity.customers),
            all: number(customers),
          })}
          {` · ${say("data_count_events", { count: activity.events })}`}
        </p>
        {channels.length ? (
          <ul className="binding-channels small" aria-label={say("binding_channel")}>
            {channels.map((one) => (
              <li key={one.channel} dir="auto">
                {channels.length > 1
                  ? say("binding_in", { channel: one.channel, events: number(one.events) })
                  : one.channel}
              </li>
            ))}
          </ul>
        ) : null}
        <meter className="binding-meter" value={activity.share} max={1} aria-hidden="true" />
        {on.length ? (
          <p dir="auto">{say("binding_on", { names: list(on.map((one) => one.name)) })}</p>
        ) : null}
        {left ? <p>{say("binding_part", { count: left })}</p> : null}
        {activity.before.length ? (
          <p className="small soft" dir="auto">
            {say("binding_before", { names: beside(activity.before) })}
          </p>
        ) : null}
        {activity.after.length ? (
          <p className="small soft" dir="auto">
            {say("binding_after", { names: beside(activity.after) })}
          </p>
        ) : null}
        {near.length ? (
          <p className="small" dir="auto">
            {say("binding_near", { names: list(near) })}{" "}
            {first ? (
              <Button weight="quiet" onPress={() => onBind(first, near)}>
                {say("binding_near_too")}
              </Button>
            ) : null}
          </p>
        ) : null}
      </div>
      <MenuTrigger>
        <Button aria-label={say("binding_bind", { name })}>{say("binding_to")}</Button>
        <Menu
          label={say("binding_bind", { name })}
          onAction={(key) => {
            const step = steps.find((one) => one.card.ref === key);
            if (step) onBind(step, [name]);
          }}
        >
          {steps.map((one) => (
            <MenuItem key={one.card.ref} id={one.card.ref}>
              {`${one.stage}: ${one.name}`}
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
    </li>
  );
}
