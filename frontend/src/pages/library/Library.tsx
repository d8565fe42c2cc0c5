import { useState } from "react";
import { Link } from "wouter";
import { api } from "../../api/client.ts";
import type { LibrarySaid } from "../../api/types/index.ts";
import { SearchField, SelectField } from "../../ui/Fields.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { useAsked } from "../asked.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import {
  chosen,
  ORDERS,
  type ShelfMap,
  STATUSES,
  type Status,
  tagsOf,
  type Wanted,
} from "./cards.ts";
import { MapCard } from "./MapCard.tsx";
import "./Library.css";

const STATUS_WORDS: Readonly<Record<Status | "all", PlainKey>> = {
  all: "shelf_all",
  draft: "shelf_draft",
  researching: "shelf_researching",
  live: "shelf_live",
  retired: "shelf_retired",
};

/** What the state of a map is called. */
export function statusWords(status: Status): PlainKey {
  return STATUS_WORDS[status];
}

/** All maps, as cards with small pictures. */
export function Library() {
  const { say } = useWords();
  const { me } = useMe();
  const { data, error, again } = useAsked<LibrarySaid>("/api/library");
  const mayLead = isAtLeast(me, "facilitator");
  return (
    <>
      <div className="page-head">
        <h1>{say("maps")}</h1>
        {isAtLeast(me, "administrator") && data?.maps.length ? (
          <a className="button" href={api.address("/api/export")} download>
            <Icon name="download" />
            <span>{say("download_everything")}</span>
          </a>
        ) : null}
        {mayLead ? (
          <Link href="/new" className="button button-primary">
            <Icon name="add" />
            <span>{say("new_map")}</span>
          </Link>
        ) : null}
      </div>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data ? (
        data.maps.length ? (
          <Shelf maps={data.maps} again={again} />
        ) : (
          <Empty title={say("empty_title")}>
            <p>{say("empty_more")}</p>
            {mayLead ? (
              <Link href="/new" className="button button-primary">
                {say("new_map")}
              </Link>
            ) : (
              <p>{say("empty_viewer")}</p>
            )}
          </Empty>
        )
      ) : error ? null : (
        <p role="status">{say("loading")}</p>
      )}
    </>
  );
}

function Shelf({ maps, again }: { maps: readonly ShelfMap[]; again: () => void }) {
  const { say, language } = useWords();
  const [wanted, setWanted] = useState<Wanted>({
    text: "",
    status: "all",
    tag: "",
    order: "changed",
  });
  const want = (one: Partial<Wanted>) => setWanted((before) => ({ ...before, ...one }));
  const found = chosen(maps, wanted, language);
  const tags = tagsOf(maps, language);
  return (
    <>
      <search className="shelf-tools">
        <SearchField
          label={say("search_maps")}
          value={wanted.text}
          onChange={(text) => want({ text })}
        />
        <SelectField
          label={say("show_status")}
          choices={(["all", ...STATUSES] as const).map((id) => ({
            id,
            words: say(STATUS_WORDS[id]),
          }))}
          chosen={wanted.status}
          onChoose={(status) => want({ status })}
        />
        {tags.length ? (
          <SelectField
            label={say("show_tag")}
            choices={["", ...tags].map((id) => ({ id: id || "*", words: id || say("tag_all") }))}
            chosen={wanted.tag || "*"}
            onChoose={(tag) => want({ tag: tag === "*" ? "" : tag })}
          />
        ) : null}
        <SelectField
          label={say("sort_by")}
          choices={ORDERS.map((id) => ({ id, words: say(`sort_${id}`) }))}
          chosen={wanted.order}
          onChoose={(order) => want({ order })}
        />
      </search>
      <p role="status" className="soft">
        {found.length ? say("maps_found", { count: found.length }) : say("no_maps_found")}
      </p>
      <ul className="shelf">
        {found.map((one) => (
          <MapCard key={one.id} map={one} maps={maps} again={again} />
        ))}
      </ul>
    </>
  );
}
