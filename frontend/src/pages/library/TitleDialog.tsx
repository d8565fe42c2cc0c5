import { useState } from "react";
import { Form } from "react-aria-components";
import { useLocation } from "wouter";
import { api } from "../../api/client.ts";
import type { MapMade } from "../../api/types/index.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog, DialogButtons } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { mapAddress } from "./MapCard.tsx";

type TitleProps = {
  heading: string;
  more?: string;
  label: string;
  hint?: string;
  placeholder?: string;
  before?: string;
  isRequired?: boolean;
  act: string;
  /** Where the title is sent; a new map comes back. */
  path: string;
  onClose: () => void;
};

/** A new map gets its title; then its board is opened. */
export function TitleDialog(props: TitleProps) {
  const { heading, more, before = "", act, path, onClose, ...field } = props;
  const { say } = useWords();
  const [title, setTitle] = useState(before);
  const { send, error, isSending } = useSending();
  const [, go] = useLocation();
  return (
    <Dialog title={heading} isOpen onOpenChange={onClose}>
      {more ? <p>{more}</p> : null}
      {error ? <Trouble error={error} /> : null}
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          send(async () => {
            const made = await api.post<MapMade>(path, { title });
            go(mapAddress(made.id));
          });
        }}
      >
        <TextField {...field} value={title} onChange={setTitle} autoFocus />
        <DialogButtons>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button type="submit" weight="primary" isPending={isSending}>
            {act}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
