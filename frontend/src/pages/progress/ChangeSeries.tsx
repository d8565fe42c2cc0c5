import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { SeriesSaid } from "../../api/types/index.ts";
import { TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { FormDialog } from "../SendForm.tsx";
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
  const save = async () => {
    await call("PATCH /api/maps/{map}/series/{series}", {
      path: { map: mapId, series: series.id },
      body: { name, target, way: way === "none" ? "" : way },
    });
    again();
    onClose();
  };
  return (
    <FormDialog
      title={say("series_change", { name: series.name })}
      act={say("save")}
      onSend={save}
      onClose={onClose}
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
    </FormDialog>
  );
}

/** A target as the server reads it in every language. */
function typedTarget({ kind, target, target_text }: SeriesSaid): string {
  if (target === null) return "";
  if (kind === "share") return `${Number((target * 100).toPrecision(12))} %`;
  return kind === "time" ? target_text : String(target);
}
