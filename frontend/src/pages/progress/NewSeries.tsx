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
  const [aim, setAim] = useState<Aim>({ name: "", target: "", way: "up" });
  const [unit, setUnit] = useState("");

  const fact = choices.facts.find((one) => keyOf(one) === from);
  const choose = (key: string) => {
    setFrom(key);
    const found = choices.facts.find((one) => keyOf(one) === key);
    if (!found) return;
    const name = `${found.label}: ${found.place}`.slice(0, 200);
    setAim({ ...aim, name, way: found.way || "none" });
  };
  const make = async () => {
    const body = fact
      ? { ref: fact.ref, kind: fact.kind, measure: fact.measure, fact_target: fact.target }
      : { ref, kind, unit };
    await call("POST /api/maps/{map}/series", {
      path: { map: mapId },
      body: { ...body, ...sentAim(aim) },
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
      <AimFields {...aim} onChange={setAim} />
    </SendForm>
  );
}

/** What a series is called, what is aimed at as people write it, and which way is good. */
export type Aim = { name: string; target: string; way: Way };

/** The fields of an aim. */
export function AimFields(props: Aim & { onChange: (aim: Aim) => void }) {
  const { onChange, ...aim } = props;
  const { say } = useWords();
  return (
    <>
      <TextField
        label={say("series_name")}
        hint={say("series_name_hint")}
        value={aim.name}
        onChange={(name) => onChange({ ...aim, name })}
        isRequired
        maxLength={200}
      />
      <div className="form-row">
        <TextField
          label={say("series_target")}
          hint={say("series_target_hint")}
          value={aim.target}
          onChange={(target) => onChange({ ...aim, target })}
          maxLength={40}
        />
        <SelectField
          label={say("series_way")}
          choices={WAYS.map((id) => ({ id, words: say(`series_way_${id}`) }))}
          chosen={aim.way}
          onChoose={(way) => onChange({ ...aim, way })}
        />
      </div>
    </>
  );
}

/** An aim as it is sent. */
export function sentAim({ name, target, way }: Aim) {
  return { name, target, way: way === "none" ? "" : way } as const;
}
