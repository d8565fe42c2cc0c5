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
  type Pattern,
  patternOf,
  patternWords,
  type Step,
  withoutPattern,
} from "./patterns.ts";

type ListProps = {
  session: MapSession;
  steps: readonly Step[];
  doings: readonly ActivitySaid[];
};

/** Steps of the map, with the activities that mean them; more can be dropped onto them. */
export function StepList({ session, steps, doings }: ListProps) {
  const { say } = useWords();
  return (
    <section className="binding-side" aria-labelledby="binding-steps">
      <h3 id="binding-steps">{say("binding_steps")}</h3>
      <ul className="binding-steps">
        {steps.map((one) => (
          <StepBox key={one.card.ref} session={session} step={one} doings={doings} />
        ))}
      </ul>
    </section>
  );
}

type BoxProps = { session: MapSession; step: Step; doings: readonly ActivitySaid[] };

function StepBox({ session, step, doings }: BoxProps) {
  const { say } = useWords();
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
        if (name) bindTo(session, step, [exactly(name)]);
      }}
    >
      <p className="small soft" dir="auto">
        {step.stage}
      </p>
      <h4 dir="auto">{step.name}</h4>
      {step.patterns.length ? null : <p className="soft">{say("binding_nothing_bound")}</p>}
      <ul className="binding-patterns" aria-label={say("binding_patterns")}>
        {step.patterns.map((one) => (
          <li key={patternWords(one)}>
            <span className="binding-pattern">
              <strong dir="auto">{patternWords(one)}</strong>{" "}
              <span className="small soft">
                <Catch pattern={one} doings={doings} />
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
      <NewPattern session={session} step={step} doings={doings} />
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
function NewPattern({ session, step, doings }: BoxProps) {
  const { say } = useWords();
  const [text, setText] = useState("");
  const pattern = patternOf(text.trim());
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
