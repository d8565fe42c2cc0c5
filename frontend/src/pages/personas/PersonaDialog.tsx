import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { api } from "../../api/client.ts";
import type { ImageMade } from "../../api/types/index.ts";
import { PICTURES } from "../../board/pictures.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectField, TextField } from "../../ui/Fields.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { FormDialog } from "../SendForm.tsx";
import { Trouble, troubleWords } from "../trouble.tsx";
import { Portrait } from "./Personas.tsx";
import {
  changesOf,
  type Draft,
  draftOf,
  fieldsOf,
  idOf,
  KINDS,
  type ListName,
  type SharedPersona,
  type TextName,
  traitsIn,
} from "./persona.ts";

const EDITS = "/api/catalogue/edits";

type DialogProps = {
  /** None for a new one. */
  persona: SharedPersona | undefined;
  taken: readonly string[];
  onClose: () => void;
  again: () => void;
};

/** All of a persona: the five questions, needs, traits, quote, picture, empathy map. */
export function PersonaDialog({ persona, taken, onClose, again }: DialogProps) {
  const words = useWords();
  const { say } = words;
  const before = draftOf(persona?.fields ?? {});
  const [draft, setDraft] = useState<Draft>(before);
  const traitsError = traitsIn(draft.traits) ? undefined : say("traits_wrong");
  const put = (one: Partial<Draft>) => setDraft((now) => ({ ...now, ...one }));
  const text = (name: TextName) => ({
    value: draft[name],
    onChange: (value: string) => put({ [name]: value }),
  });
  const list = (name: ListName) => (
    <TextField
      label={say(name)}
      hint={say("one_per_line")}
      rows={2}
      value={draft[name]}
      onChange={(value) => put({ [name]: value })}
    />
  );
  const save = async () => {
    if (persona) {
      const edits = changesOf(persona.id, before, draft);
      if (edits.length) await api.post(EDITS, { do: "together", edits });
    } else {
      const ref = `persona:${idOf(draft.name, taken)}`;
      await api.post(EDITS, { do: "add", ref, fields: fieldsOf(draft) });
    }
    again();
    onClose();
  };
  const takeOff = async () => {
    if (!persona) return;
    const ref = `persona:${persona.id}`;
    await api.post(EDITS, { do: "mark_gone", ref });
    again();
    onClose();
    const bringBack = async () => {
      try {
        await api.post(EDITS, { do: "bring_back", ref });
      } catch (wrong) {
        tell({ words: troubleWords(wrong, words), kind: "trouble" });
      }
      again();
    };
    tell({
      words: say("persona_gone_told", { name: before.name || persona.id }),
      act: { words: say("undo"), do: bringBack },
    });
  };
  const title = persona ? say("persona_edit", { name: before.name }) : say("persona_new");
  return (
    <FormDialog
      title={title}
      isWide
      act={say("save")}
      onSend={async () => {
        if (!traitsError) await save();
      }}
      onClose={onClose}
      beside={({ send }) =>
        persona ? (
          <Button weight="danger" icon="gone" onPress={() => send(takeOff)}>
            {say("persona_gone")}
          </Button>
        ) : null
      }
    >
      <div className="persona-fields">
        <TextField
          label={say("persona_name")}
          hint={say("persona_name_hint")}
          {...text("name")}
          isRequired
          autoFocus
        />
        <TextField label={say("persona_tagline")} {...text("tagline")} />
        <SelectField
          label={say("persona_kind")}
          choices={KINDS.map((id) => ({ id, words: say(`kind_${id}`) }))}
          chosen={draft.kind}
          onChoose={(kind) => put({ kind })}
        />
        <TextField label={say("persona_quote")} {...text("quote")} />
        <PictureField image={draft.image} onChange={(image) => put({ image })} />
      </div>
      <h3>{say("five_questions")}</h3>
      <div className="persona-fields">
        <TextField label={say("found_us")} {...text("found_us")} />
        {list("likes")}
        {list("wants_to_achieve")}
        <TextField label={say("heard_before")} {...text("heard_before")} />
        <TextField label={say("past_experience")} {...text("past_experience")} />
      </div>
      <div className="persona-fields">
        {list("needs")}
        {list("pains")}
        {list("gains")}
        <TextField
          label={say("traits")}
          hint={say("traits_hint")}
          error={traitsError}
          rows={2}
          value={draft.traits}
          onChange={(traits) => put({ traits })}
        />
      </div>
      <h3>{say("empathy_map")}</h3>
      <div className="persona-fields">
        {list("says")}
        {list("thinks")}
        {list("does")}
        {list("feels")}
      </div>
    </FormDialog>
  );
}

type PictureProps = { image: string; onChange: (image: string) => void };

/** A picture from this computer; the server writes it anew and gives it an id. */
function PictureField({ image, onChange }: PictureProps) {
  const { say } = useWords();
  const { send, error, isSending } = useSending();
  const take = (file: File | undefined) => {
    if (!file) return;
    send(async () => {
      const made = await api.post<ImageMade>("/api/images", file);
      onChange(made.id);
    });
  };
  return (
    <div className="field">
      <span className="field-label">{say("picture")}</span>
      <span className="field-hint">{say("picture_hint")}</span>
      <div className="persona-pick">
        <Portrait image={image} />
        <FileTrigger acceptedFileTypes={PICTURES} onSelect={(files) => take(files?.[0])}>
          <Button icon="image" isPending={isSending}>
            {say("picture_choose")}
          </Button>
        </FileTrigger>
        {image ? (
          <Button weight="quiet" onPress={() => onChange("")}>
            {say("picture_remove")}
          </Button>
        ) : null}
      </div>
      {error ? <Trouble error={error} /> : null}
    </div>
  );
}
