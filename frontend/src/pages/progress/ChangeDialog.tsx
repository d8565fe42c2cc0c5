import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { BusinessChangeSaid, PlaceSaid, SeriesChoicesSaid } from "../../api/types/index.ts";
import { DayField } from "../../ui/DayField.tsx";
import { Checkbox, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { FormDialog } from "../SendForm.tsx";

export type ChangeProps = {
  /** None for a new one. */
  change: BusinessChangeSaid | undefined;
  mapId: string;
  again: () => void;
  onClose: () => void;
};

/** What was changed in the business, when, and at which places of the map. */
export function ChangeDialog({ change, mapId, again, onClose }: ChangeProps) {
  const { say } = useWords();
  const [what, setWhat] = useState(change?.what ?? "");
  const [day, setDay] = useState(change?.day ?? "");
  const [until, setUntil] = useState(change?.until ?? "");
  const [refs, setRefs] = useState<readonly string[]>(change?.refs ?? []);
  const [owner, setOwner] = useState(change?.owner ?? "");
  const keep = async () => {
    const body = { what, day, until, refs, owner };
    const path = { map: mapId };
    if (change) {
      const one = { ...path, change: change.id };
      await call("PUT /api/maps/{map}/changes/{change}", { path: one, body });
    } else await call("POST /api/maps/{map}/changes", { path, body });
    again();
    onClose();
  };
  return (
    <FormDialog
      title={change ? say("change_edit", { what: change.what }) : say("change_new")}
      act={say(change ? "save" : "change_keep")}
      onSend={keep}
      onClose={onClose}
    >
      <TextField
        label={say("change_what")}
        hint={say("change_what_hint")}
        value={what}
        onChange={setWhat}
        isRequired
        maxLength={200}
      />
      <div className="form-row">
        <DayField label={say("change_day")} value={day} onChange={setDay} isRequired />
        <DayField label={say("change_until")} value={until} onChange={setUntil} />
      </div>
      <PlacesField mapId={mapId} known={change} chosen={refs} onChoose={setRefs} />
      <TextField label={say("change_owner")} value={owner} onChange={setOwner} maxLength={200} />
    </FormDialog>
  );
}

type PlacesProps = {
  mapId: string;
  known: BusinessChangeSaid | undefined;
  chosen: readonly string[];
  onChoose: (refs: readonly string[]) => void;
};

/** Stages and steps of the map, any number of them; none means the whole journey. */
function PlacesField({ mapId, known, chosen, onChoose }: PlacesProps) {
  const { say } = useWords();
  const path = `/api/maps/${encodeURIComponent(mapId)}/series/choices`;
  const { data } = useAsked<SeriesChoicesSaid>(path);
  const there = (data?.places ?? []).filter((one) => /^(stage|step):/.test(one.ref));
  return (
    <fieldset className="change-places">
      <legend className="field-label">{say("change_where")}</legend>
      <Checkbox isSelected={chosen.length === 0} onChange={() => onChoose([])}>
        {say("change_everywhere")}
      </Checkbox>
      <div className="change-list">
        {[...there, ...gone(known, there, data !== undefined)].map(({ ref, name }) => (
          <div key={ref} className="change-place" data-kind={ref.slice(0, ref.indexOf(":"))}>
            <Checkbox
              isSelected={chosen.includes(ref)}
              onChange={(isOn) =>
                onChoose(isOn ? [...chosen, ref] : chosen.filter((one) => one !== ref))
              }
            >
              <bdi>{name}</bdi>
            </Checkbox>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

/** Places of a change that were taken off the map since: they stay until somebody takes them away. */
function gone(
  change: BusinessChangeSaid | undefined,
  there: readonly PlaceSaid[],
  isKnown: boolean,
): PlaceSaid[] {
  if (!change || !isKnown) return [];
  const places = change.refs.map((ref, number) => ({ ref, name: change.places[number] ?? ref }));
  return places.filter(({ ref }) => !there.some((one) => one.ref === ref));
}
