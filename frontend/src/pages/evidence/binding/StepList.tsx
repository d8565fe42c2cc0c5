import { useState } from "react";
import type { ActivitySaid } from "../../../api/types/data.ts";
import type { MapSession } from "../../../doc/session.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { TextField } from "../../../ui/Fields.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import { DRAGGED } from "./ActivityRow.tsx";
import { bindTo } from "./Binding.tsx";
import {
  catches,
  exactly,
  means,
  type Pattern,
  patternOf,
  patternWords,
  type Step,
  within,
  withoutPattern,
} from "./patterns.ts";

type ListProps = {
  session: MapSession;
  steps: readonly Step[];
  doings: readonly ActivitySaid[];
  /** The channel that is looked at, "" for all. */
  channel: string;
};

/** Steps of the map, with the activities that mean them; more can be dropped onto them. */
export function StepList({ session, steps, doings, channel }: ListProps) {
  const { say } = useWords();
  return (
    <section className="binding-side" aria-labelledby="binding-steps">
      <h3 id="binding-steps">{say("binding_steps")}</h3>
      <ul className="binding-steps">
        {steps.map((one) => (
          <StepBox
            key={one.card.ref}
            session={session}
            step={one}
            doings={doings}
            channel={channel}
          />
        ))}
      </ul>
    </section>
  );
}

type BoxProps = Omit<ListProps, "steps"> & { step: Step };

function StepBox({ session, step, doings, channel }: BoxProps) {
  const { say } = useWords();
  const patterns = step.patterns.filter(
    (one) => !channel || one.channel === undefined || means(one.channel, channel),
  );
  const [isOver, setOver] = useState(false);
  const letGo = (pattern: Pattern) => {
    const value = withoutPattern(step, pattern);
    const was = step.card.fields.events ?? null;
    session.edit({ do: "change", ref: step.card.ref, field: "events", value, was });
  };
  return (
    // what is dropped can also be bound with the menu of the activity
    <li
      className={isOver ? "binding-step is-over" : "binding-step"}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const name = event.dataTransfer.getData(DRAGGED);
        if (name) bindTo(session, step, [exactly(name, channel || undefined)]);
      }}
    >
      <p className="small soft" dir="auto">
        {step.stage}
      </p>
      <h4 dir="auto">{step.name}</h4>
      {patterns.length ? null : <p className="soft">{say("binding_nothing_bound")}</p>}
      <ul className="binding-patterns" aria-label={say("binding_patterns")}>
        {patterns.map((one) => (
          <li key={patternWords(one)}>
            <span className="binding-pattern">
              <strong dir="auto">{patternWords(one)}</strong>{" "}
              <span className="small soft">
                <Catch pattern={one} doings={channel ? within(doings, channel) : doings} />
              </span>
            </span>
            <IconButton
              icon="close"
              label={say("binding_let", { name: patternWords(one), step: step.name })}
              onPress={() => letGo(one)}
            />
          </li>
        ))}
      </ul>
      <NewPattern session={session} step={step} doings={doings} channel={channel} />
    </li>
  );
}

function Catch({ pattern, doings }: { pattern: Pattern; doings: readonly ActivitySaid[] }) {
  const { say, number } = useWords();
  const { count, events } = catches(pattern, doings);
  if (!count) return say("binding_catches_none");
  return say("binding_catches", { count, events: number(events) });
}

/** A pattern that is typed, with what it would catch. */
function NewPattern({ session, step, doings, channel }: BoxProps) {
  const { say } = useWords();
  const [text, setText] = useState("");
  const typed = patternOf(text.trim());
  // what is typed while one channel is looked at means that channel, unless another is named
  const pattern = typed && channel && !typed.channel ? { ...typed, channel } : typed;
  const add = () => {
    if (pattern && bindTo(session, step, [pattern])) setText("");
  };
  return (
    <form
      className="binding-new"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <TextField
        label={say("binding_pattern", { step: step.name })}
        placeholder={say("binding_pattern_hint")}
        value={text}
        onChange={setText}
      />
      <Button type="submit" isDisabled={!pattern}>
        {say("binding_add")}
      </Button>
      <p role="status" className="small soft binding-catch">
        {pattern ? <Catch pattern={pattern} doings={doings} /> : null}
      </p>
    </form>
  );
}
