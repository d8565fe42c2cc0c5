import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { FactChoiceSaid, SeriesChoicesSaid } from "../../api/types/index.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { SendForm } from "../SendForm.tsx";
import { Trouble } from "../trouble.tsx";

const KINDS = ["nps", "csat", "ces", "share", "time", "own"] as const;
type Kind = (typeof KINDS)[number];
const WAYS = ["up", "down", "none"] as const;
type Way = (typeof WAYS)[number];
const GIVEN = "given";

export type NewProps = { mapId: string; again: () => void; onClose: () => void };

/** Which number to follow, and what is aimed at. */
export function NewSeries(props: NewProps) {
  const { say, language } = useWords();
  const path = `/api/maps/${encodeURIComponent(props.mapId)}/series/choices?language=${language}`;
  const { data, error, again } = useAsked<SeriesChoicesSaid>(path);
  return (
    <Dialog title={say("series_new")} isOpen onOpenChange={props.onClose}>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data ? <SeriesForm {...props} choices={data} /> : <p role="status">{say("loading")}</p>}
    </Dialog>
  );
}

function keyOf(fact: FactChoiceSaid): string {
  return JSON.stringify([fact.ref, fact.measure, fact.target]);
}

function SeriesForm({ mapId, again, onClose, choices }: NewProps & { choices: SeriesChoicesSaid }) {
  const { say } = useWords();
  const [from, setFrom] = useState(GIVEN);
  const [ref, setRef] = useState("map");
  const [kind, setKind] = useState<Kind>("nps");
  const [way, setWay] = useState<Way>("up");
  const [name, setName] = useState("");
  const [unit, setUnit] = useState("");
  const [target, setTarget] = useState("");
  const fact = choices.facts.find((one) => keyOf(one) === from);
  const choose = (key: string) => {
    setFrom(key);
    const found = choices.facts.find((one) => keyOf(one) === key);
    if (!found) return;
    setWay(found.way || "none");
    setName(`${found.label}: ${found.place}`.slice(0, 200));
  };
  const make = async () => {
    const good = way === "none" ? "" : way;
    const body = fact
      ? { ref: fact.ref, kind: fact.kind, measure: fact.measure, fact_target: fact.target }
      : { ref, kind, unit };
    await call("POST /api/maps/{map}/series", {
      path: { map: mapId },
      body: { ...body, name, way: good, target },
    });
    again();
    onClose();
  };
  const sources = [
    { id: GIVEN, words: say("series_given") },
    ...choices.facts.map((one) => ({
      id: keyOf(one),
      words: say("series_follows", { label: one.label, place: one.place, value: one.text }),
    })),
  ];
  return (
    <SendForm act={say("series_make")} onSend={make} onCancel={onClose}>
      <SelectField
        label={say("series_from")}
        choices={sources}
        chosen={from}
        onChoose={choose}
        {...(choices.facts.length ? {} : { hint: say("series_no_check") })}
      />
      {fact ? null : (
        <div className="form-row">
          <SelectField
            label={say("series_about")}
            choices={choices.places.map((one) => ({ id: one.ref, words: one.name }))}
            chosen={ref}
            onChoose={setRef}
          />
          <SelectField
            label={say("series_kind")}
            choices={KINDS.map((id) => ({ id, words: say(`measured_${id}`) }))}
            chosen={kind}
            onChoose={setKind}
          />
        </div>
      )}
      {!fact && kind === "own" ? (
        <TextField
          label={say("series_unit")}
          hint={say("series_unit_hint")}
          value={unit}
          onChange={setUnit}
          maxLength={40}
        />
      ) : null}
      <TextField
        label={say("series_name")}
        hint={say("series_name_hint")}
        value={name}
        onChange={setName}
        isRequired
        maxLength={200}
      />
      <div className="form-row">
        <TargetField value={target} onChange={setTarget} />
        <WayField chosen={way} onChoose={setWay} />
      </div>
    </SendForm>
  );
}

/** What is aimed at, as people write it. */
export function TargetField(props: { value: string; onChange: (value: string) => void }) {
  const { say } = useWords();
  return (
    <TextField
      label={say("series_target")}
      hint={say("series_target_hint")}
      value={props.value}
      onChange={props.onChange}
      maxLength={40}
    />
  );
}

/** Which way is good. */
export function WayField(props: { chosen: Way; onChoose: (way: Way) => void }) {
  const { say } = useWords();
  return (
    <SelectField
      label={say("series_way")}
      choices={WAYS.map((id) => ({ id, words: say(`series_way_${id}`) }))}
      chosen={props.chosen}
      onChoose={props.onChoose}
    />
  );
}
