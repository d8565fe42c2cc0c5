import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { addressOf } from "../../api/calls.ts";
import type {
  FlowLevelSaid,
  FlowPictureSaid,
  FlowSaid,
  FlowTableSaid,
} from "../../api/types/readings.ts";
import { placeHref } from "../../board/evidence/place.ts";
import { segmentWords } from "../../board/view/markWords.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { pictureOf } from "./flowPicture.ts";
import { Made } from "./Made.tsx";
import { usePersonas } from "./usePersonas.ts";

/** How customers move: a picture whose cards lead to the board, and the same as tables. */
export function FlowPage({ session, mapId }: RoomProps) {
  const { say, language } = useWords();
  const [of, setOf] = useState<Between>("steps");
  const path = addressOf("/api/maps/{map}/flow", new Map([["map", mapId]]));
  const { data, error, again } = useAsked<FlowSaid>(`${path}?of=${of}&language=${language}`);
  useNews(session, "evidence", again);
  return (
    <div className="room-page readings-page readings-wide">
      <h1>{say("flow_title")}</h1>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data && !data.made ? (
        <Empty title={say("flow_empty")}>
          <p>{say("flow_empty_more")}</p>
        </Empty>
      ) : null}
      {data?.made ? (
        <>
          <Made made={data.made} />
          {data.between.length > 1 ? <BetweenChoice of={of} onChange={setOf} /> : null}
          <Flow
            key={of}
            session={session}
            mapId={mapId}
            flow={data}
            of={of}
            last={`${data.made.snapshot}:${of}`}
          />
        </>
      ) : null}
    </div>
  );
}

type Between = FlowSaid["between"][number];

/** Whether cards are the steps of the map, or everything that customers do. */
function BetweenChoice({ of, onChange }: { of: Between; onChange: (of: Between) => void }) {
  const { say } = useWords();
  return (
    <div className="readings-choice">
      <SelectField<Between>
        label={say("flow_between")}
        choices={[
          { id: "steps", words: say("flow_between_steps") },
          { id: "activities", words: say("flow_between_activities") },
        ]}
        chosen={of}
        onChoose={onChange}
      />
    </div>
  );
}

type FlowProps = RoomProps & {
  readonly flow: FlowSaid;
  readonly of: Between;
  /** What pictures are of; those of something else are not shown while a new one is drawn. */
  readonly last: string;
};

function Flow({ session, mapId, flow, of, last }: FlowProps) {
  const { say, language } = useWords();
  const personas = usePersonas(session);
  const choiceOf = ({ segment: id }: { readonly segment: string }) => ({
    id,
    words: segmentWords(id, personas),
  });
  const [wanted, setLevel] = useState(0);
  // another check may have fewer
  const level = Math.max(0, Math.min(wanted, flow.levels.length - 1));
  const [segment, setSegment] = useState("");
  const [against, setAgainst] = useState("");
  const [isFull, setFull] = useState(false);
  const others = flow.segments.filter(
    (one) => nameOf(one.segment) === nameOf(segment) && one.segment !== segment,
  );
  const choose = (chosen: string) => {
    setSegment(chosen);
    const rest = flow.segments.filter(
      (one) => nameOf(one.segment) === nameOf(chosen) && one.segment !== chosen,
    );
    setAgainst(chosen ? (rest[0]?.segment ?? "") : "");
  };
  const query = new URLSearchParams({ of, level: String(level), segment, against, language });
  const path = addressOf("/api/maps/{map}/flow/picture", new Map([["map", mapId]]));
  const { data, error, again } = useAsked<FlowPictureSaid>(`${path}?${query}`);
  useNews(session, "evidence", again);
  const drawn = useLast(data, last);
  return (
    <>
      <div className="flow-tools">
        <Levels levels={flow.levels} level={level} onChange={setLevel} />
        {flow.segments.length ? (
          <SelectField
            label={say("flow_compare")}
            choices={[{ id: "", words: say("flow_everybody") }, ...flow.segments.map(choiceOf)]}
            chosen={segment}
            onChoose={choose}
          />
        ) : null}
        {segment ? (
          <SelectField
            label={say("flow_with")}
            choices={others.map(choiceOf)}
            chosen={against}
            onChoose={setAgainst}
          />
        ) : null}
        <Button weight="quiet" onPress={() => setFull(!isFull)}>
          {say(isFull ? "flow_fit" : "flow_full")}
        </Button>
      </div>
      <p className="soft small">{say("flow_help")}</p>
      {error ? <Trouble error={error} retry={again} /> : null}
      {drawn ? (
        <figure aria-busy={!data}>
          <figcaption>
            <strong className="unseen">{drawn.title}</strong>{" "}
            <span className="soft" role="status">
              {drawn.about}
            </span>
          </figcaption>
          <Picture mapId={mapId} drawn={drawn} isFull={isFull} />
          <Tables tables={drawn.tables} />
        </figure>
      ) : error ? null : (
        <p role="status">{say("loading")}</p>
      )}
    </>
  );
}

/** What was drawn last, until the next picture is there. */
function useLast(data: FlowPictureSaid | undefined, of: string): FlowPictureSaid | undefined {
  const [last, setLast] = useState<{ of: string; data?: FlowPictureSaid | undefined }>({ of });
  useEffect(() => {
    if (data) setLast({ of, data });
  }, [data, of]);
  return data ?? (last.of === of ? last.data : undefined);
}

type LevelsProps = {
  readonly levels: readonly FlowLevelSaid[];
  readonly level: number;
  readonly onChange: (level: number) => void;
};

function Levels({ levels, level, onChange }: LevelsProps) {
  const { say } = useWords();
  const words = levels[level]?.words ?? "";
  if (levels.length < 2) return null;
  return (
    <label className="flow-level">
      <span className="field-label">{say("flow_least")}</span>
      <span className="flow-slider">
        <input
          type="range"
          min={0}
          max={levels.length - 1}
          step={1}
          value={level}
          aria-valuetext={words}
          onChange={(event) => onChange(event.target.valueAsNumber)}
        />
        <output>{words}</output>
      </span>
    </label>
  );
}

type PictureProps = {
  readonly mapId: string;
  readonly drawn: FlowPictureSaid;
  readonly isFull: boolean;
};

function Picture({ mapId, drawn, isFull }: PictureProps) {
  const { say } = useWords();
  const holder = useRef<HTMLElement>(null);
  const href = useCallback((ref: string) => placeHref(mapId, ref), [mapId]);
  const picture = useMemo(
    () =>
      pictureOf(drawn, href, (stop) =>
        stop.ref.startsWith("missing:") ? `${stop.words}, ${say("flow_off_map")}` : stop.words,
      ),
    [drawn, href, say],
  );
  useEffect(() => {
    holder.current?.replaceChildren(...(picture ? [picture] : []));
  }, [picture]);
  return (
    <section
      ref={holder}
      className={isFull ? "flow-picture flow-full" : "flow-picture"}
      aria-label={say("flow_picture")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
    />
  );
}

function Tables({ tables }: { tables: readonly FlowTableSaid[] }) {
  const { say } = useWords();
  return (
    <details className="flow-tables">
      <summary>{say("flow_tables")}</summary>
      {tables.map((one) => (
        <section key={one.title}>
          <h2>{one.title}</h2>
          <section
            className="flow-scroll"
            aria-label={one.title}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
            tabIndex={0}
          >
            <table>
              <thead>
                <tr>
                  {one.heads.map((head) => (
                    <th key={head} scope="col" dir="auto">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {one.rows.map((row) => (
                  <Row key={row.join("\n")} row={row} heads={one.heads} />
                ))}
              </tbody>
            </table>
          </section>
        </section>
      ))}
    </details>
  );
}

function Row({ row, heads }: { row: readonly string[]; heads: readonly string[] }) {
  const [first, ...rest] = row;
  return (
    <tr>
      <th scope="row" dir="auto">
        {first}
      </th>
      {rest.map((cell, number) => (
        <td key={heads[number + 1]} dir="auto">
          {cell}
        </td>
      ))}
    </tr>
  );
}

function nameOf(segment: string): string {
  return segment.split("=")[0] ?? "";
}
