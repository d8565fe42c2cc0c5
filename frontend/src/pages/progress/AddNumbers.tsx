import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { call } from "../../api/calls.ts";
import { api, Refused } from "../../api/client.ts";
import type { PointsTaken, SeriesSaid } from "../../api/types/index.ts";
import { Button } from "../../ui/Button.tsx";
import { DayField } from "../../ui/DayField.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { SendForm } from "../SendForm.tsx";
import { Trouble } from "../trouble.tsx";

const CSV_ROWS = 5;
const FILES = [".csv", "text/csv", "text/plain"];

export type AddProps = {
  series: SeriesSaid;
  mapId: string;
  again: () => void;
  onClose: () => void;
};

/** Numbers people give: one typed, or many as CSV. */
export function AddNumbers(props: AddProps) {
  const { say } = useWords();
  return (
    <Dialog
      title={say("series_add_title", { name: props.series.name })}
      isOpen
      onOpenChange={props.onClose}
    >
      <TypeOne {...props} />
      <ImportMany {...props} />
    </Dialog>
  );
}

function TypeOne({ series, mapId, again, onClose }: AddProps) {
  const { say } = useWords();
  const [day, setDay] = useState("");
  const [value, setValue] = useState("");
  const [count, setCount] = useState("");
  const keep = async () => {
    const n = /^\d{1,12}$/.test(count.trim()) ? Number(count) : null;
    await call("POST /api/maps/{map}/series/{series}/points", {
      path: { map: mapId, series: series.id },
      body: { day, value, n },
    });
    tell({ words: say("series_taken", { count: 1 }) });
    again();
    onClose();
  };
  return (
    <SendForm act={say("series_keep")} onSend={keep} wrong={(error) => <Wrong error={error} />}>
      <h3>{say("series_type")}</h3>
      <div className="form-row">
        <DayField label={say("series_day")} value={day} onChange={setDay} isRequired />
        <TextField
          label={say("series_value")}
          hint={say("series_value_hint")}
          value={value}
          onChange={setValue}
          isRequired
        />
        <TextField
          label={say("series_n")}
          hint={say("series_n_hint")}
          value={count}
          onChange={setCount}
          inputMode="numeric"
          pattern="\s*\d{0,12}\s*"
        />
      </div>
    </SendForm>
  );
}

function ImportMany({ series, mapId, again, onClose }: AddProps) {
  const { say } = useWords();
  const [lines, setLines] = useState("");
  const take = async () => {
    const map = encodeURIComponent(mapId);
    const path = `/api/maps/${map}/series/${series.id}/import`;
    const csv = new Blob([lines], { type: "text/csv" });
    const { taken } = await api.post<PointsTaken>(path, csv);
    tell({ words: say("series_taken", { count: taken }) });
    again();
    onClose();
  };
  return (
    <SendForm
      beside={() => (
        <FileTrigger
          acceptedFileTypes={FILES}
          onSelect={async (files) => setLines((await files?.[0]?.text()) ?? lines)}
        >
          <Button>{say("series_import_file")}</Button>
        </FileTrigger>
      )}
      className="form series-import"
      act={say("series_import_do")}
      onSend={take}
      isDisabled={!lines.trim()}
      wrong={(error) => <Wrong error={error} />}
    >
      <h3>{say("series_import")}</h3>
      <TextField
        label={say("series_import_lines")}
        hint={say("series_import_hint")}
        value={lines}
        onChange={setLines}
        rows={CSV_ROWS}
      />
    </SendForm>
  );
}

/** What is wrong, each with its line and what to write in its place. */
function Wrong({ error }: { error: unknown }) {
  if (!(error instanceof Refused) || error.code !== "E790") return <Trouble error={error} />;
  return (
    <Notice kind="trouble">
      <ul>
        {error.problems.map((one) => (
          <li key={one.place + one.what}>
            {one.place ? <strong>{one.place}: </strong> : null}
            {one.what}. {one.hint}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
