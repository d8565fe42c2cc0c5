import { useState } from "react";
import { flushSync } from "react-dom";
import { useLocation } from "wouter";
import { api } from "../../api/client.ts";
import type { MapMade } from "../../api/types/index.ts";
import { boardHref } from "../../board/evidence/place.ts";
import { TextField } from "../../ui/Fields.tsx";
import { FormDialog } from "../SendForm.tsx";

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
  const [title, setTitle] = useState(before);
  const [, go] = useLocation();
  const make = async () => {
    const made = await api.post<MapMade>(path, { title });
    // the title is kept: nobody is asked whether it may be lost
    flushSync(onClose);
    go(boardHref(made.id));
  };
  return (
    <FormDialog title={heading} act={act} onSend={make} onClose={onClose}>
      {more ? <p>{more}</p> : null}
      <TextField {...field} value={title} onChange={setTitle} autoFocus />
    </FormDialog>
  );
}
