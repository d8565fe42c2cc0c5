import { useCallback, useState } from "react";
import type { SeriesListSaid, SeriesSaid } from "../../api/types/index.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { Changes } from "./Changes.tsx";
import { NewSeries } from "./NewSeries.tsx";
import { SeriesCard } from "./SeriesCard.tsx";

/** Numbers over time with their targets, and what was changed in the business. */
export function SeriesPage({ session, mapId }: RoomProps) {
  const { say, language } = useWords();
  const { me } = useMe();
  const path = `/api/maps/${encodeURIComponent(mapId)}/series?language=${language}`;
  const { data, error, again } = useAsked<SeriesListSaid>(path);
  const [isNew, setNew] = useState(false);
  const hear = useCallback(() => again(), [again]);
  useNews(session, "progress", hear);
  useNews(session, "evidence", hear);
  const mayEdit = isAtLeast(me, "editor");
  return (
    <div className="room-page progress-page">
      <div className="page-head">
        <h2 className="room-title">{say("progress_numbers")}</h2>
        {mayEdit ? (
          <Button weight="primary" icon="add" onPress={() => setNew(true)}>
            {say("series_new")}
          </Button>
        ) : null}
      </div>
      <p className="soft">{say("series_more")}</p>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data && !data.series.length ? (
        <Empty title={say("series_none")}>
          <p>{say("series_none_more")}</p>
        </Empty>
      ) : null}
      {data ? <Cards data={data} mapId={mapId} mayEdit={mayEdit} again={again} /> : null}
      {data ? (
        <Changes changes={data.changes} mapId={mapId} mayEdit={mayEdit} again={again} />
      ) : null}
      {isNew ? <NewSeries mapId={mapId} again={again} onClose={() => setNew(false)} /> : null}
    </div>
  );
}

type CardsProps = { data: SeriesListSaid; mapId: string; mayEdit: boolean; again: () => void };

function Cards({ data, mapId, mayEdit, again }: CardsProps) {
  return (
    <ul className="series-list">
      {data.series.map((one: SeriesSaid) => (
        <li key={one.id}>
          <SeriesCard
            series={one}
            changes={data.changes}
            mapId={mapId}
            mayEdit={mayEdit}
            again={again}
          />
        </li>
      ))}
    </ul>
  );
}
