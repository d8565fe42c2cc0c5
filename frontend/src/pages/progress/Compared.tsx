import { useCallback, useState } from "react";
import { Link } from "wouter";
import type {
  ComparedRowSaid,
  ProgressSaid,
  ProgressSideSaid,
  ProgressSidesSaid,
} from "../../api/types/index.ts";
import { SelectField } from "../../ui/Fields.tsx";
import { Empty, Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { Words } from "../../ui/words/words.ts";
import { useAsked } from "../asked.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";

const US_PER_MS = 1000;
const SIGNS = {
  better: "▲",
  worse: "▼",
  changed: "◆",
  "no sign": "=",
  "not tested": "–",
} as const;
const KEYS = {
  better: "compared_better",
  worse: "compared_worse",
  changed: "compared_changed",
  "no sign": "compared_no_sign",
  "not tested": "compared_not_tested",
} as const;

/** Better, worse, no sign: two checks of a map, or two windows of one, held against each other. */
export function Compared({ session, mapId }: RoomProps) {
  const words = useWords();
  const { say } = words;
  const path = `/api/maps/${encodeURIComponent(mapId)}/progress/sides`;
  const { data, error, again } = useAsked<ProgressSidesSaid>(path);
  const hear = useCallback(() => again(), [again]);
  useNews(session, "evidence", hear);
  const has =
    data && (data.checks.length > 1 || data.windows.length > 1 || data.comparisons.length > 0);
  return (
    <div className="room-page progress-page">
      <h2 className="room-title">{say("progress_judged")}</h2>
      <p className="soft">{say("judged_more")}</p>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data && !has ? (
        <Empty title={say("judged_none")}>
          <p>{say("judged_none_more")}</p>
        </Empty>
      ) : null}
      {data && has ? <Sides sides={data} mapId={mapId} /> : null}
    </div>
  );
}

function sideWords(side: ProgressSideSaid, words: Words): string {
  const { say, number, time } = words;
  const told = { cases: number(side.cases), made: time(side.made_us / US_PER_MS) };
  if (!side.window_from) return say("judged_check_plain", told);
  const [from, to] = [words.day(side.window_from), words.day(side.window_to)];
  return say("judged_check", { ...told, from, to });
}

function windowWords(side: ProgressSideSaid, words: Words): string {
  const [from, to] = [words.day(side.window_from), words.day(side.window_to)];
  return words.say("judged_window", { from, to, cases: words.number(side.cases) });
}

function Sides({ sides, mapId }: { sides: ProgressSidesSaid; mapId: string }) {
  const words = useWords();
  const { say, time } = words;
  const made = (side: ProgressSideSaid) =>
    say("judged_windows", { made: time(side.made_us / US_PER_MS) });
  const afters = [
    ...sides.checks.map((one) => ({ id: one.id, words: sideWords(one, words) })),
    ...sides.windows.map((one) => ({ id: one.id, words: windowWords(one, words) })),
  ];
  const befores = [
    ...afters,
    ...sides.comparisons.map((one) => ({ id: `=${one.id}`, words: made(one) })),
  ];
  const [first, last] = usual(sides);
  const [before, setBefore] = useState(first || befores[0]?.id || "");
  const [after, setAfter] = useState(last);
  const isReady = before.startsWith("=");
  return (
    <>
      <div className="form-row judged-sides">
        <SelectField
          label={say("judged_before")}
          choices={befores}
          chosen={before}
          onChoose={setBefore}
        />
        {isReady ? null : (
          <SelectField
            label={say("judged_after")}
            choices={afters}
            chosen={after}
            onChoose={setAfter}
          />
        )}
      </div>
      {!isReady && before === after ? (
        <p role="status">{say("judged_same")}</p>
      ) : (
        <Found mapId={mapId} before={before} after={isReady ? "" : after} />
      )}
    </>
  );
}

/** The two sides that tell most: a check whose days end before those of the newest, else the last two windows. */
function usual({ checks, windows }: ProgressSidesSaid): readonly [string, string] {
  const [newest, ...rest] = checks;
  const apart = rest.find((one) => newest && one.window_to < newest.window_from);
  if (apart) return [apart.id, newest?.id ?? ""];
  const [before, after] = windows.slice(-2);
  if (before && after) return [before.id, after.id];
  return [rest[0]?.id ?? "", newest?.id ?? ""];
}

type FoundProps = { mapId: string; before: string; after: string };

function Found({ mapId, before, after }: FoundProps) {
  const { say, number, language } = useWords();
  const query = before.startsWith("=")
    ? `comparison=${encodeURIComponent(before.slice(1))}`
    : `before=${encodeURIComponent(before)}&after=${encodeURIComponent(after)}`;
  const path = `/api/maps/${encodeURIComponent(mapId)}/progress?${query}&language=${language}`;
  const { data, error, again } = useAsked<ProgressSaid>(path);
  if (error) return <Trouble error={error} retry={again} />;
  if (!data) return <p role="status">{say("loading")}</p>;
  const of = (verdict: ComparedRowSaid["verdict"]) =>
    data.rows.filter((one) => one.verdict === verdict);
  const shown = data.rows.filter((one) => !["no sign", "not tested"].includes(one.verdict));
  const silent = of("no sign");
  const untested = of("not tested");
  return (
    <>
      <p role="status" className="judged-counts">
        <strong>
          {say("judged_counts", {
            better: data.better,
            worse: data.worse,
            changed: data.changed,
            silent: data.no_sign,
            untested: data.not_tested,
          })}
        </strong>
      </p>
      {data.do_overlap ? <Notice kind="warning">{say("judged_overlap")}</Notice> : null}
      {data.notes.map((one) => (
        <p key={one} className="small soft" dir="auto">
          {one}
        </p>
      ))}
      {shown.length ? <Rows rows={shown} mapId={mapId} label={say("progress_judged")} /> : null}
      {silent.length ? (
        <details>
          <summary>{say("judged_silent", { count: silent.length })}</summary>
          <Rows rows={silent} mapId={mapId} label={say("compared_no_sign")} />
        </details>
      ) : null}
      {untested.length ? (
        <details>
          <summary>{say("judged_untested", { count: untested.length })}</summary>
          <Rows rows={untested} mapId={mapId} label={say("compared_not_tested")} />
        </details>
      ) : null}
      <p className="small soft">
        {say("judged_rate", { rate: number(data.rate, { style: "percent" }) })}
      </p>
    </>
  );
}

type RowsProps = { rows: readonly ComparedRowSaid[]; mapId: string; label: string };

function Rows({ rows, mapId, label }: RowsProps) {
  const { say, number } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="progress-scroll" tabIndex={0} aria-label={label}>
      <table className="progress-table">
        <thead>
          <tr>
            <th scope="col">{say("judged_what")}</th>
            <th scope="col">{say("judged_verdict")}</th>
            <th scope="col">{say("judged_before")}</th>
            <th scope="col">{say("judged_after")}</th>
            <th scope="col">{say("judged_change")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => (
            <tr key={`${one.ref} ${one.label}`}>
              <th scope="row">
                <Place row={one} mapId={mapId} />
                <span className="small soft">{one.label}</span>
              </th>
              <td data-label={say("judged_verdict")}>
                <span className={`judged judged-${one.verdict.replace(" ", "-")}`}>
                  <span aria-hidden="true">{SIGNS[one.verdict]} </span>
                  {say(KEYS[one.verdict])}
                </span>
                {one.is_small ? <span className="small soft"> ({say("judged_small")})</span> : null}
              </td>
              <td data-label={say("judged_before")}>
                {one.before} <span className="small soft compared-n">n {number(one.before_n)}</span>
              </td>
              <td data-label={say("judged_after")}>
                {one.after} <span className="small soft compared-n">n {number(one.after_n)}</span>
              </td>
              <td data-label={say("judged_change")}>
                {one.change}
                {one.seen ? (
                  <p className="small soft">{say("judged_seen", { size: one.seen })}</p>
                ) : null}
                {one.log.map((what) => (
                  <p key={what} className="small" dir="auto">
                    {say("judged_log", { what })}
                  </p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The name of a place, leading to it on the board where it stands there. */
function Place({ row, mapId }: { row: ComparedRowSaid; mapId: string }) {
  const isThere = /^(stage|step|statement):/.test(row.ref);
  if (!isThere) return <bdi>{row.place}</bdi>;
  return (
    <Link href={`${hrefOf(mapId, "")}/at/${encodeURIComponent(row.ref)}`}>
      <bdi>{row.place}</bdi>
    </Link>
  );
}
