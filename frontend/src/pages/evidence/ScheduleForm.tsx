import { useState } from "react";
import { addressOf, call } from "../../api/calls.ts";
import type { ScheduleSaid } from "../../api/types/jobs.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked, useSending } from "../asked.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";

const EVERY = ["never", "daily", "weekly", "monthly"] as const;
type Every = (typeof EVERY)[number];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));
const US_PER_MS = 1000;

/** When the map is checked by itself; who leads may change it. */
export function ScheduleForm({ mapId, canRun }: { mapId: string; canRun: boolean }) {
  const { say, time } = useWords();
  const { me } = useMe();
  const path = addressOf("/api/maps/{map}/schedule", new Map([["map", mapId]]));
  const { data, error, again } = useAsked<ScheduleSaid>(path);
  const mayLead = isAtLeast(me, "facilitator") && canRun;
  return (
    <section className="evidence-section" aria-labelledby="jobs-schedule">
      <h2 id="jobs-schedule">{say("schedule")}</h2>
      <p className="soft">{say("schedule_more")}</p>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data ? (
        <p>
          {data.due_us
            ? `${say(`schedule_${data.every}`)}. ${say("schedule_next", { when: time(data.due_us / US_PER_MS) })}`
            : say("schedule_off")}
        </p>
      ) : null}
      {data && mayLead ? <Form kept={data} mapId={mapId} again={again} /> : null}
    </section>
  );
}

function Form({ kept, mapId, again }: { kept: ScheduleSaid; mapId: string; again: () => void }) {
  const { say } = useWords();
  const { send, error, isSending } = useSending();
  const [every, setEvery] = useState<Every>(kept.every);
  const [hour, setHour] = useState(String(kept.hour));
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = kept.every === "never" ? here : kept.zone;
  const save = () =>
    send(async () => {
      const body = { every, hour: Number(hour), zone };
      await call("PUT /api/maps/{map}/schedule", { path: { map: mapId }, body });
      tell({ words: say("schedule_saved") });
      again();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {error ? <Trouble error={error} /> : null}
      <div className="schedule-form">
        <SelectField
          label={say("schedule_every")}
          choices={EVERY.map((id) => ({ id, words: say(`schedule_${id}`) }))}
          chosen={every}
          onChoose={setEvery}
        />
        <SelectField
          label={say("schedule_hour")}
          choices={HOURS.map((id) => ({ id, words: `${id.padStart(2, "0")}:00` }))}
          chosen={hour}
          onChoose={setHour}
          isDisabled={every === "never"}
        />
        <Button type="submit" isPending={isSending}>
          {say("save")}
        </Button>
      </div>
      <p className="small soft">{say("schedule_zone", { zone })}</p>
    </form>
  );
}
