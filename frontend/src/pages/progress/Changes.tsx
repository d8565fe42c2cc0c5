import { useState } from "react";
import { Form } from "react-aria-components";
import { call } from "../../api/calls.ts";
import type { BusinessChangeSaid, SeriesChoicesSaid } from "../../api/types/index.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Dialog, DialogButtons } from "../../ui/Dialog.tsx";
import { SelectField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked, useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { dayWords } from "./numbers.ts";

export type ChangesProps = {
  changes: readonly BusinessChangeSaid[];
  mapId: string;
  mayEdit: boolean;
  again: () => void;
};

/** What was changed in the business, with the days on which it was. */
export function Changes({ changes, mapId, mayEdit, again }: ChangesProps) {
  const words = useWords();
  const { say, list } = words;
  const [isNew, setNew] = useState(false);
  const { send, error } = useSending();
  const remove = (change: string) =>
    send(async () => {
      await call("DELETE /api/maps/{map}/changes/{change}", { path: { map: mapId, change } });
      again();
    });
  const span = ({ day, until }: BusinessChangeSaid) =>
    until
      ? say("changes_span", { from: dayWords(day, words), until: dayWords(until, words) })
      : dayWords(day, words);
  return (
    <section className="changes">
      <div className="page-head">
        <h2>{say("changes_title")}</h2>
        {mayEdit ? (
          <Button icon="add" onPress={() => setNew(true)}>
            {say("change_new")}
          </Button>
        ) : null}
      </div>
      <p className="soft">{say("changes_more")}</p>
      {error ? <Trouble error={error} /> : null}
      {changes.length ? null : <p className="soft">{say("changes_none")}</p>}
      <ol>
        {changes.map((one, number) => (
          <li key={one.id} className="linked">
            <div className="change-words">
              <strong>
                {number + 1}. <bdi>{one.what}</bdi>
              </strong>
              <p className="small soft">
                {span(one)} ·{" "}
                <bdi>{one.places.length ? list(one.places) : say("change_everywhere")}</bdi>
                {one.owner ? (
                  <>
                    {" "}
                    · <bdi>{one.owner}</bdi>
                  </>
                ) : null}
              </p>
            </div>
            {mayEdit ? (
              <IconButton
                icon="gone"
                label={say("change_remove", { what: one.what })}
                onPress={() => remove(one.id)}
              />
            ) : null}
          </li>
        ))}
      </ol>
      {isNew ? <NewChange mapId={mapId} again={again} onClose={() => setNew(false)} /> : null}
    </section>
  );
}

type NewProps = { mapId: string; again: () => void; onClose: () => void };

function NewChange({ mapId, again, onClose }: NewProps) {
  const { say } = useWords();
  const path = `/api/maps/${encodeURIComponent(mapId)}/series/choices`;
  const { data } = useAsked<SeriesChoicesSaid>(path);
  const [what, setWhat] = useState("");
  const [day, setDay] = useState("");
  const [until, setUntil] = useState("");
  const [ref, setRef] = useState("map");
  const [owner, setOwner] = useState("");
  const { send, error, isSending } = useSending();
  const keep = async () => {
    const refs = ref === "map" ? [] : [ref];
    await call("POST /api/maps/{map}/changes", {
      path: { map: mapId },
      body: { what, day: day.trim(), until: until.trim(), refs, owner },
    });
    again();
    onClose();
  };
  const places = (data?.places ?? []).filter((one) => /^(stage|step):/.test(one.ref));
  const choices = [
    { id: "map", words: say("change_everywhere") },
    ...places.map((one) => ({ id: one.ref, words: one.name })),
  ];
  return (
    <Dialog title={say("change_new")} isOpen onOpenChange={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          send(keep);
        }}
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
          <TextField
            label={say("change_day")}
            hint={say("series_day_hint")}
            value={day}
            onChange={setDay}
            isRequired
          />
          <TextField
            label={say("change_until")}
            hint={say("series_day_hint")}
            value={until}
            onChange={setUntil}
          />
        </div>
        <div className="form-row">
          <SelectField
            label={say("change_where")}
            choices={choices}
            chosen={ref}
            onChoose={setRef}
          />
          <TextField
            label={say("change_owner")}
            value={owner}
            onChange={setOwner}
            maxLength={200}
          />
        </div>
        {error ? <Trouble error={error} /> : null}
        <DialogButtons>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button type="submit" weight="primary" isPending={isSending}>
            {say("change_keep")}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
