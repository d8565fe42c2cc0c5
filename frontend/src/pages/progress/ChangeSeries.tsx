import { useState } from "react";
import { Form } from "react-aria-components";
import { call } from "../../api/calls.ts";
import type { SeriesSaid } from "../../api/types/index.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog, DialogButtons } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { TargetField, WayField } from "./NewSeries.tsx";

export type ChangeProps = {
  series: SeriesSaid;
  mapId: string;
  again: () => void;
  onClose: () => void;
};

/** Another name, target or good way of a series. */
export function ChangeSeries({ series, mapId, again, onClose }: ChangeProps) {
  const { say } = useWords();
  const [name, setName] = useState(series.name);
  const [target, setTarget] = useState(typedTarget(series));
  const [way, setWay] = useState(series.way || ("none" as const));
  const { send, error, isSending } = useSending();
  const save = async () => {
    await call("PATCH /api/maps/{map}/series/{series}", {
      path: { map: mapId, series: series.id },
      body: { name, target, way: way === "none" ? "" : way },
    });
    again();
    onClose();
  };
  return (
    <Dialog title={say("series_change", { name: series.name })} isOpen onOpenChange={onClose}>
      <Form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          send(save);
        }}
      >
        <TextField
          label={say("series_name")}
          value={name}
          onChange={setName}
          isRequired
          maxLength={200}
        />
        <div className="form-row">
          <TargetField value={target} onChange={setTarget} />
          <WayField chosen={way} onChoose={setWay} />
        </div>
        {error ? <Trouble error={error} /> : null}
        <DialogButtons>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button type="submit" weight="primary" isPending={isSending}>
            {say("save")}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

/** A target as the server reads it in every language. */
function typedTarget({ kind, target, target_text }: SeriesSaid): string {
  if (target === null) return "";
  if (kind === "share") return `${Number((target * 100).toPrecision(12))} %`;
  return kind === "time" ? target_text : String(target);
}
