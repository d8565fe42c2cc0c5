import { useState } from "react";
import { Link } from "wouter";
import { addressOf } from "../../api/calls.ts";
import { Refused } from "../../api/client.ts";
import type { ReadingSaid } from "../../api/types/readings.ts";
import { segmentWords } from "../../board/view/markWords.ts";
import { SelectField } from "../../ui/Fields.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { Finding } from "./Finding.tsx";
import { Hidden, Made } from "./Made.tsx";
import { NothingYet } from "./Overview.tsx";
import { usePersonas } from "./usePersonas.ts";

/** One reading: all its findings, narrowed to a group where some are about one. */
export function ReadingPage(props: RoomProps & { name: string; same: string }) {
  const { session, mapId, name } = props;
  const { say, language } = useWords();
  const names = new Map([
    ["map", mapId],
    ["reading", name],
  ]);
  const path = addressOf("/api/maps/{map}/readings/{reading}", names);
  const { data, error, again } = useAsked<ReadingSaid>(`${path}?language=${language}`);
  useNews(session, "evidence", again);
  const isMissing = error instanceof Refused && error.code === "E746";
  return (
    <div className="room-page readings-page">
      <p>
        <Link href={hrefOf(mapId, "readings")} className="readings-back">
          <Icon name="back" />
          {say("readings_back")}
        </Link>
      </p>
      {isMissing ? <NothingYet mapId={mapId} /> : null}
      {error && !isMissing ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data ? <Reading key={name} {...props} found={data} /> : null}
    </div>
  );
}

function Reading(props: RoomProps & { same: string; found: ReadingSaid }) {
  const { session, mapId, same, found } = props;
  const { say } = useWords();
  const personas = usePersonas(session);
  const [segment, setSegment] = useState("");
  const shown = found.findings.filter((one) => !segment || one.segment === segment);
  const { language } = found.made;
  return (
    <>
      <h1 lang={language} dir="auto">
        {found.title}
      </h1>
      <p className="soft" lang={language} dir="auto">
        {found.about}
      </p>
      <Made made={found.made} />
      <Hidden count={found.hidden} />
      {found.segments.length ? (
        <div className="readings-choice">
          <SelectField
            label={say("readings_segment")}
            choices={[
              { id: "", words: say("readings_segment_all") },
              ...found.segments.map((one) => ({ id: one, words: segmentWords(one, personas) })),
            ]}
            chosen={segment}
            onChoose={setSegment}
          />
        </div>
      ) : null}
      <ol className="findings">
        {shown.map((one) => (
          <li key={one.anchor}>
            <Finding
              session={session}
              mapId={mapId}
              one={one}
              language={language}
              isNamed={one.same === same}
            />
          </li>
        ))}
      </ol>
      {shown.length || !segment ? null : <p>{say("readings_none_of")}</p>}
      {found.findings.length || found.needs.length ? null : <p>{say("readings_nothing")}</p>}
      {found.needs.length ? (
        <section className="readings-needs">
          <h2>{say("readings_needs")}</h2>
          <ul lang={language} dir="auto">
            {found.needs.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
