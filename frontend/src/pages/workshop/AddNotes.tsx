import { useState } from "react";
import { FileTrigger, Form } from "react-aria-components";
import { call } from "../../api/calls.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";

const FILES = [".csv", ".tsv", ".txt", "text/csv", "text/plain"];
const MOST_BYTES = 1_000_000;

/** Bring notes here: pasted, or from the file of a whiteboard. */
export function AddNotes({ mapId, again }: { mapId: string; again: () => void }) {
  const { say } = useWords();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState("");
  const { send, error, isSending } = useSending();
  const add = (given: string) =>
    send(async () => {
      const asked = { path: { map: mapId }, body: { text: given } };
      const { added } = await call("POST /api/maps/{map}/notes", asked);
      tell({ words: say("ws_notes_read", { count: added }) });
      setText("");
      again();
    });
  const read = async (chosen: File | undefined) => {
    setWrong(chosen && chosen.size > MOST_BYTES ? say("ws_notes_big") : "");
    if (chosen && chosen.size <= MOST_BYTES) await add(await chosen.text());
  };
  return (
    <Form
      className="form ws-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) add(text);
      }}
    >
      <TextField
        label={say("ws_notes_text")}
        hint={say("ws_notes_hint")}
        rows={4}
        value={text}
        onChange={setText}
        error={wrong}
      />
      {error ? <Trouble error={error} /> : null}
      <div className="ws-row">
        <Button type="submit" icon="add" isPending={isSending}>
          {say("ws_notes_add")}
        </Button>
        <FileTrigger acceptedFileTypes={FILES} onSelect={(files) => read(files?.[0])}>
          <Button>{say("ws_notes_file")}</Button>
        </FileTrigger>
      </div>
    </Form>
  );
}
