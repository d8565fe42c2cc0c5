import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { SeriesSaid } from "../../api/types/index.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { FormDialog } from "../SendForm.tsx";
import { type Aim, AimFields, sentAim } from "./NewSeries.tsx";

export type ChangeProps = {
  series: SeriesSaid;
  mapId: string;
  again: () => void;
  onClose: () => void;
};

/** Another name, target or good way of a series. */
export function ChangeSeries({ series, mapId, again, onClose }: ChangeProps) {
  const { say } = useWords();
  const [aim, setAim] = useState<Aim>({
    name: series.name,
    target: typedTarget(series),
    way: series.way || "none",
  });
  const save = async () => {
    await call("PATCH /api/maps/{map}/series/{series}", {
      path: { map: mapId, series: series.id },
      body: sentAim(aim),
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
      <AimFields {...aim} onChange={setAim} />
    </FormDialog>
  );
}

/** A target as the server reads it in every language. */
function typedTarget({ kind, target, target_text }: SeriesSaid): string {
  if (target === null) return "";
  if (kind === "share") return `${Number((target * 100).toPrecision(12))} %`;
  return kind === "time" ? target_text : String(target);
}
