import { useState } from "react";
import type {
  DifferenceLine,
  DifferenceSaid,
  DrawnCard,
  DrawnStage,
  VersionsSaid,
} from "../../api/types/index.ts";
import { fieldWords, valueWords } from "../../board/fieldWords.ts";
import { SelectField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { Words } from "../../ui/words/words.ts";
import { useAsked } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { Trouble } from "../trouble.tsx";

const US_PER_MS = 1000;
const NOW = " now"; // no version is called so: names are trimmed
const SIGNS = { added: "+", removed: "−", moved: "↔", changed: "✎" } as const;
const KINDS = ["added", "removed", "moved", "changed"] as const;
type Mark = DrawnCard["mark"];

/** What differs between two versions of a map, in words and on a picture of both. */
export function Difference({ mapId }: RoomProps) {
  const { say, date } = useWords();
  const map = encodeURIComponent(mapId);
  const versions = useAsked<VersionsSaid>(`/api/maps/${map}/versions`);
  const names = versions.data?.versions ?? [];
  const choices = [
    { id: NOW, words: say("difference_now") },
    ...names
      .filter((one, place) => names.findIndex((other) => other.name === one.name) === place)
      .map((one) => ({ id: one.name, words: `${one.name} (${date(one.at_us / US_PER_MS)})` })),
  ];
  const [chosen, setBefore] = useState("");
  const [after, setAfter] = useState(NOW);
  const before = chosen || names[0]?.name || "";
  return (
    <div className="room-page progress-page">
      <h2 className="room-title">{say("progress_versions")}</h2>
      <p className="soft">{say("difference_more")}</p>
      {versions.error ? <Trouble error={versions.error} retry={versions.again} /> : null}
      {versions.data && !names.length ? <p>{say("difference_no_version")}</p> : null}
      {before ? (
        <>
          <div className="form-row">
            <SelectField
              label={say("difference_before")}
              choices={choices}
              chosen={before}
              onChoose={setBefore}
            />
            <SelectField
              label={say("difference_after")}
              choices={choices}
              chosen={after}
              onChoose={setAfter}
            />
          </div>
          <Found mapId={mapId} before={before} after={after} />
        </>
      ) : null}
    </div>
  );
}

function Found({ mapId, before, after }: { mapId: string; before: string; after: string }) {
  const { say } = useWords();
  const name = (one: string) => encodeURIComponent(one === NOW ? "" : one);
  const map = encodeURIComponent(mapId);
  const path = `/api/maps/${map}/difference?before=${name(before)}&after=${name(after)}`;
  const { data, error, again } = useAsked<DifferenceSaid>(path);
  if (error) return <Trouble error={error} retry={again} />;
  if (!data) return <p role="status">{say("loading")}</p>;
  if (!data.lines.length) return <p role="status">{say("difference_none")}</p>;
  const count = (kind: string) => data.lines.filter((one) => one.kind === kind).length;
  return (
    <>
      <p role="status">
        <strong>
          {say("difference_counts", {
            added: count("added"),
            removed: count("removed"),
            moved: count("moved"),
            changed: count("changed"),
          })}
        </strong>
      </p>
      <h3>{say("difference_words")}</h3>
      <InWords lines={data.lines} />
      <h3>{say("difference_picture")}</h3>
      <p className="small soft differs-legend">
        {KINDS.map((kind) => (
          <span key={kind} className={`differs differs-${kind}`}>
            <Sign mark={kind} />
          </span>
        ))}
      </p>
      <Picture data={data} />
    </>
  );
}

/** Differences by stage, in the order of the map. */
function InWords({ lines }: { lines: readonly DifferenceLine[] }) {
  const words = useWords();
  const stages = [...new Set(lines.map((one) => one.stage))];
  return (
    <>
      {stages.map((stage) => (
        <section key={stage}>
          <h4 dir="auto">{stage || words.say("difference_whole")}</h4>
          <ul className="differs-list">
            {lines
              .filter((one) => one.stage === stage)
              .map((one) => (
                <li key={`${one.kind} ${one.ref} ${one.field}`} className={`differs-${one.kind}`}>
                  <span aria-hidden="true" className="differs-sign">
                    {SIGNS[one.kind]}
                  </span>
                  <bdi>{lineWords(one, words)}</bdi>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** A difference in the reader's language; in English as the library says it. */
function lineWords(line: DifferenceLine, { say, language }: Words): string {
  if (language === "en") return line.text;
  const name = line.label
    ? say("difference_quoted", { text: line.label })
    : say("difference_whole");
  if (line.kind === "changed" && line.field) {
    const told = (value: string) =>
      value ? valueWords(say, line.ref, line.field, value) : say("difference_nothing");
    const field = fieldWords(say, line.ref, line.field);
    return say("difference_field", {
      field,
      what: name,
      was: told(line.was),
      now: told(line.now),
    });
  }
  const what = line.place ? say("difference_at", { what: name, place: line.place }) : name;
  const moved = line.was && line.now ? ` (${line.was} → ${line.now})` : "";
  return say("difference_line", { mark: say(`differs_${line.kind}`), what: what + moved });
}

function Sign({ mark }: { mark: Mark }) {
  const { say } = useWords();
  if (!mark) return null;
  return (
    <span className="differs-word">
      <span aria-hidden="true">{SIGNS[mark]} </span>
      {say(`differs_${mark}`)}
    </span>
  );
}

function Picture({ data }: { data: DifferenceSaid }) {
  const { say } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <section className="progress-scroll" tabIndex={0} aria-label={say("difference_picture")}>
      {data.cards.length ? <Cards cards={data.cards} /> : null}
      <ol className="differs-map">
        {data.stages.map((stage) => (
          <Stage key={stage.ref} stage={stage} />
        ))}
      </ol>
    </section>
  );
}

function Stage({ stage }: { stage: DrawnStage }) {
  return (
    <li className="differs-stage">
      <h4 className={differs(stage.mark)} dir="auto">
        {stage.label} <Sign mark={stage.mark} />
      </h4>
      <Cards cards={stage.cards} />
      <ol className="differs-steps">
        {stage.steps.map((step) => (
          <li key={step.ref} className="differs-step">
            <h5 className={differs(step.mark)} dir="auto">
              {step.label} <Sign mark={step.mark} />
            </h5>
            <Cards cards={step.cards} />
          </li>
        ))}
      </ol>
    </li>
  );
}

function Cards({ cards }: { cards: readonly DrawnCard[] }) {
  if (!cards.length) return null;
  return (
    <ul className="differs-cards">
      {cards.map((one) => (
        <li key={one.ref} className={differs(one.mark)}>
          <span dir="auto">{one.label}</span> <Sign mark={one.mark} />
        </li>
      ))}
    </ul>
  );
}

function differs(mark: Mark): string {
  return mark ? `differs differs-${mark}` : "differs-same";
}
