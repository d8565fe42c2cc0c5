import { useState } from "react";
import { api } from "../../api/client.ts";
import type { BoardSaid } from "../../api/types/index.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { SendForm } from "../SendForm.tsx";
import { Trouble } from "../trouble.tsx";
import type { ShelfMap } from "./cards.ts";
import { TitleDialog } from "./TitleDialog.tsx";

/** A copy under a title of its own; then its board is opened. */
export function CopyDialog({ map, onClose }: { map: ShelfMap; onClose: () => void }) {
  const { say } = useWords();
  return (
    <TitleDialog
      heading={say("copy_title", { title: map.title })}
      more={say("copy_more")}
      label={say("title_of_copy")}
      before={map.title}
      isRequired
      act={say("copy")}
      path={`/api/maps/${encodeURIComponent(map.id)}/copies`}
      onClose={onClose}
    />
  );
}

type Facts = { owner: string; tags: string; review_every: string; reviewed: string };
/** Owner, tags and review of a map. */
export function FactsDialog(props: { map: ShelfMap; onClose: () => void; again: () => void }) {
  const { say } = useWords();
  const path = `/api/maps/${encodeURIComponent(props.map.id)}`;
  const { data, error } = useAsked<BoardSaid>(path);
  const card = data?.cards.find((one) => one.ref === "map");
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return (
    <Dialog
      title={say("shelf_facts_title", { title: props.map.title })}
      isOpen
      onOpenChange={props.onClose}
    >
      {error ? <Trouble error={error} /> : null}
      {card ? (
        <FactsForm
          {...props}
          before={{
            owner: text(card.fields.owner),
            tags: props.map.tags.join(", "),
            review_every: text(card.fields.review_every),
            reviewed: text(card.fields.reviewed),
          }}
        />
      ) : null}
    </Dialog>
  );
}

type FactsFormProps = { map: ShelfMap; before: Facts; onClose: () => void; again: () => void };

function FactsForm({ map, before, onClose, again }: FactsFormProps) {
  const { say } = useWords();
  const [facts, setFacts] = useState(before);
  const field = (name: keyof Facts) => ({
    value: facts[name],
    onChange: (value: string) => setFacts((now) => ({ ...now, [name]: value })),
  });
  const save = async () => {
    const names: readonly (keyof Facts)[] = ["owner", "tags", "review_every", "reviewed"];
    const edits = names
      .filter((name) => facts[name].trim() !== before[name])
      .map((name) => ({
        do: "change",
        ref: "map",
        field: name,
        value: factOf(name, facts[name]),
      }));
    if (edits.length) {
      const path = `/api/maps/${encodeURIComponent(map.id)}/edits`;
      await api.post(path, { do: "together", edits });
    }
    again();
    onClose();
  };
  return (
    <SendForm act={say("save")} onSend={save} onCancel={onClose}>
      <TextField label={say("owner")} {...field("owner")} autoFocus />
      <TextField label={say("tags")} hint={say("tags_hint")} {...field("tags")} />
      <TextField
        label={say("review_every")}
        hint={say("review_every_hint")}
        {...field("review_every")}
      />
      <TextField label={say("reviewed_on")} hint={say("reviewed_hint")} {...field("reviewed")} />
    </SendForm>
  );
}

/** A field as the map keeps it: nothing for an empty one, a list of tags. */
function factOf(name: keyof Facts, text: string): string | string[] | null {
  if (name !== "tags") return text.trim() || null;
  const tags = text
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
  return tags.length ? [...new Set(tags)] : null;
}
