import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { BusinessChangeSaid, SeriesPointSaid, SeriesSaid } from "../../api/types/index.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { AskDialog } from "../../ui/Dialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { AddNumbers } from "./AddNumbers.tsx";
import { ChangeSeries } from "./ChangeSeries.tsx";
import { Chart } from "./Chart.tsx";
import { isMet } from "./chart.ts";
import { shortValue, sourceWords } from "./numbers.ts";

export type CardProps = {
  series: SeriesSaid;
  changes: readonly BusinessChangeSaid[];
  mapId: string;
  mayEdit: boolean;
  again: () => void;
};

/** One series: how it stands, its chart, its numbers as a table. */
export function SeriesCard({ series, changes, mapId, mayEdit, again }: CardProps) {
  const words = useWords();
  const { say } = words;
  const [open, setOpen] = useState<"add" | "change" | "remove">();
  const { send, error } = useSending();
  const close = () => setOpen(undefined);
  const isAbout = ({ refs }: BusinessChangeSaid) =>
    series.ref === "map" || !refs.length || refs.includes(series.ref);
  const path = { map: mapId, series: series.id };
  const remove = () =>
    send(async () => {
      await call("DELETE /api/maps/{map}/series/{series}", { path });
      tell({ words: say("series_removed", { name: series.name }) });
      again();
    });
  return (
    <article className="series" aria-label={series.name}>
      <header className="series-head">
        <div className="series-words">
          <h3 dir="auto">{series.name}</h3>
          <p className="small soft" dir="auto">
            {series.place}
          </p>
        </div>
        {mayEdit ? (
          <div className="series-acts">
            <Button icon="add" onPress={() => setOpen("add")}>
              {say("series_add")}
            </Button>
            <IconButton
              icon="pen"
              label={say("series_change", { name: series.name })}
              onPress={() => setOpen("change")}
            />
            <IconButton
              icon="gone"
              label={say("series_remove", { name: series.name })}
              onPress={() => setOpen("remove")}
            />
          </div>
        ) : null}
      </header>
      <Standing series={series} />
      {error ? <Trouble error={error} /> : null}
      {series.points.length ? <Chart series={series} changes={changes} /> : null}
      {series.points.length && changes.length ? (
        <ol className="series-marks small soft">
          {changes.map((one, number) => (
            <li key={one.id} className={isAbout(one) ? undefined : "series-elsewhere"}>
              {number + 1}. {words.day(one.day)}: <bdi>{one.what}</bdi>
            </li>
          ))}
        </ol>
      ) : null}
      {series.points.length ? (
        <details>
          <summary>{say("series_table", { count: series.points.length })}</summary>
          <Numbers series={series} mayEdit={mayEdit} mapId={mapId} again={again} />
        </details>
      ) : null}
      {open === "add" ? (
        <AddNumbers series={series} mapId={mapId} again={again} onClose={close} />
      ) : null}
      {open === "change" ? (
        <ChangeSeries series={series} mapId={mapId} again={again} onClose={close} />
      ) : null}
      <AskDialog
        title={say("series_remove", { name: series.name })}
        act={say("remove")}
        isDanger
        isOpen={open === "remove"}
        onOpenChange={close}
        onAct={remove}
      >
        {say("series_remove_more")}
      </AskDialog>
    </article>
  );
}

/** The last number, and whether it reaches the target. */
function Standing({ series }: { series: SeriesSaid }) {
  const words = useWords();
  const { say } = words;
  const last = series.points.at(-1);
  if (!last) return <p className="soft">{say("series_empty")}</p>;
  const met = isMet(last, series.target, series.way);
  const hasAim = series.target !== null && series.way !== "";
  const kind = met === null ? "unclear" : met ? "met" : "missed";
  return (
    <p className="series-standing">
      <strong>{say("series_last", { value: last.text, day: words.day(last.day) })}</strong>
      {series.target === null ? null : (
        <span className="soft">{say("series_aim", { value: series.target_text })}</span>
      )}
      {hasAim ? (
        <span className={`series-sign series-${kind}`}>
          <Icon name={met === null ? "warning" : met ? "check" : "close"} />
          {say(`series_${kind}`)}
        </span>
      ) : null}
    </p>
  );
}

type NumbersProps = { series: SeriesSaid; mayEdit: boolean; mapId: string; again: () => void };

function Numbers({ series, mayEdit, mapId, again }: NumbersProps) {
  const words = useWords();
  const { say, number } = words;
  const { send, error } = useSending();
  const range = ({ low, high }: SeriesPointSaid) =>
    low === null || high === null
      ? "–"
      : `${shortValue(low, series.kind, words)} … ${shortValue(high, series.kind, words)}`;
  const drop = (day: string) =>
    send(async () => {
      const path = { map: mapId, series: series.id, day };
      await call("DELETE /api/maps/{map}/series/{series}/points/{day}", { path });
      again();
    });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="progress-scroll" tabIndex={0} aria-label={series.name}>
      {error ? <Trouble error={error} /> : null}
      <table className="progress-table">
        <thead>
          <tr>
            <th scope="col">{say("series_day")}</th>
            <th scope="col">{say("series_value")}</th>
            <th scope="col">{say("series_n")}</th>
            <th scope="col">{say("series_range")}</th>
            <th scope="col">{say("series_source")}</th>
          </tr>
        </thead>
        <tbody>
          {series.points.map((one) => (
            <tr key={one.day}>
              <th scope="row">{words.day(one.day)}</th>
              <td data-label={say("series_value")}>{one.text}</td>
              <td data-label={say("series_n")}>{one.n === null ? "–" : number(one.n)}</td>
              <td data-label={say("series_range")}>{range(one)}</td>
              <td data-label={say("series_source")}>
                <bdi>{sourceWords(one, words)}</bdi>
                {mayEdit && one.source !== "measured" ? (
                  <IconButton
                    icon="gone"
                    label={say("series_drop", { day: words.day(one.day) })}
                    onPress={() => drop(one.day)}
                  />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
