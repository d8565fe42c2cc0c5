import { useState } from "react";
import { Link } from "wouter";
import { api } from "../../api/client.ts";
import { boardHref } from "../../board/evidence/place.ts";
import { IconButton } from "../../ui/Button.tsx";
import { localDay } from "../../ui/days.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Menu, MenuItem, MenuTrigger } from "../../ui/Menu.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { SharingDialog } from "../sharing/SharingDialog.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { troubleWords } from "../trouble.tsx";
import { VersionsDialog } from "../versions/VersionsDialog.tsx";
import { CopyDialog, FactsDialog } from "./CardDialogs.tsx";
import { parentsOf, type ShelfMap } from "./cards.ts";
import { statusWords } from "./Library.tsx";

const US_PER_MS = 1000;

/** Address of a map as a file. */
function fileOf(id: string, format: "yaml" | "zip"): string {
  return api.address(`/api/maps/${encodeURIComponent(id)}/export`, { format });
}

type CardProps = { map: ShelfMap; maps: readonly ShelfMap[]; again: () => void };

/** One map: its picture, what it is, who keeps it, and what can be done with it. */
export function MapCard({ map, maps, again }: CardProps) {
  const words = useWords();
  const { say } = words;
  const { me } = useMe();
  const [open, setOpen] = useState<"copy" | "facts" | "share" | "versions">();
  const close = () => setOpen(undefined);
  const mayEdit = isAtLeast(me, "editor");
  const retire = async (status: "draft" | "retired") => {
    const edit = { do: "change", ref: "map", field: "status", value: status, was: map.status };
    try {
      await api.post(`/api/maps/${encodeURIComponent(map.id)}/edits`, edit);
      if (status === "retired") {
        tell({ words: say("retired_told", { title: map.title }) });
      }
    } catch (error) {
      tell({ words: troubleWords(error, words), kind: "trouble" });
    }
    again();
  };
  const isRetired = map.status === "retired";
  return (
    <li className="card">
      <img
        className="card-picture"
        src={api.address(`/api/maps/${encodeURIComponent(map.id)}/thumbnail.svg`, { seq: map.seq })}
        alt=""
        loading="lazy"
        width="320"
        height="192"
      />
      <div className="card-body">
        <div className="card-head">
          <h2 className="card-title">
            <Link href={boardHref(map.id)}>{map.title}</Link>
          </h2>
          {mayEdit ? (
            <MenuTrigger>
              <IconButton icon="more" label={say("map_actions", { title: map.title })} />
              <Menu label={map.title}>
                <MenuItem id="facts" icon="pen" onAction={() => setOpen("facts")}>
                  {say("shelf_facts")}
                </MenuItem>
                {isAtLeast(me, "facilitator") ? (
                  <MenuItem id="share" icon="link" onAction={() => setOpen("share")}>
                    {say("share_map")}
                  </MenuItem>
                ) : null}
                <MenuItem id="versions" icon="undo" onAction={() => setOpen("versions")}>
                  {say("versions_map")}
                </MenuItem>
                {isAtLeast(me, "facilitator") ? (
                  <MenuItem id="copy" icon="copy" onAction={() => setOpen("copy")}>
                    {say("copy_map")}
                  </MenuItem>
                ) : null}
                <MenuItem id="download" icon="download" href={fileOf(map.id, "yaml")} download>
                  {say("download_map")}
                </MenuItem>
                <MenuItem id="zip" icon="download" href={fileOf(map.id, "zip")} download>
                  {say("download_all")}
                </MenuItem>
                <MenuItem
                  id="retire"
                  icon={isRetired ? "undo" : "gone"}
                  onAction={() => retire(isRetired ? "draft" : "retired")}
                >
                  {say(isRetired ? "unretire_map" : "retire_map")}
                </MenuItem>
              </Menu>
            </MenuTrigger>
          ) : null}
        </div>
        <CardFacts map={map} maps={maps} />
      </div>
      {open === "copy" ? <CopyDialog map={map} onClose={close} /> : null}
      {open === "share" ? <SharingDialog mapId={map.id} title={map.title} onClose={close} /> : null}
      {open === "versions" ? (
        <VersionsDialog mapId={map.id} title={map.title} onClose={close} />
      ) : null}
      {open === "facts" ? <FactsDialog map={map} onClose={close} again={again} /> : null}
    </li>
  );
}

function CardFacts({ map, maps }: { map: ShelfMap; maps: readonly ShelfMap[] }) {
  const { say, ago, day } = useWords();
  const changedMs = map.changed_us / US_PER_MS;
  const when = ago(changedMs, Date.now());
  const titleOf = (id: string) => maps.find((one) => one.id === id)?.title;
  const details = map.details.filter((id) => titleOf(id));
  const parents = parentsOf(maps, map.id);
  const origin = titleOf(map.origin);
  const isLate = map.due !== "" && map.due < localDay(new Date());
  return (
    <>
      <p className="card-marks">
        <span className={`map-mark map-mark-${map.status}`}>{say(statusWords(map.status))}</span>
        {map.state === "future" ? <span className="map-mark">{say("future_state")}</span> : null}
        {map.tags.map((tag) => (
          <span key={tag} className="map-mark map-mark-tag">
            {tag}
          </span>
        ))}
      </p>
      <p className="small soft">
        {[
          say("stages_count", { count: map.stages }),
          say("steps_count", { count: map.steps }),
          say("statements_count", { count: map.statements }),
        ].join(" · ")}
      </p>
      <p className="small">
        {map.owner ? (
          <>
            <span className="soft">{say("owner")}: </span>
            {map.owner}
          </>
        ) : (
          <span className="soft">{say("no_owner")}</span>
        )}
      </p>
      {map.due ? (
        <p className={isLate ? "small card-late" : "small"}>
          {isLate ? <Icon name="warning" /> : null}
          {say(isLate ? "review_late" : "review_due", { day: day(map.due) })}
        </p>
      ) : null}
      {parents.length ? <Others words={say("part_of")} maps={parents} /> : null}
      {details.length ? (
        <Others
          words={say("shows_details")}
          maps={maps.filter((one) => details.includes(one.id))}
        />
      ) : null}
      {origin ? <p className="small soft">{say("copied_from", { title: origin })}</p> : null}
      <p className="small soft">
        {map.changed_by
          ? say("changed_by", { when, who: map.changed_by })
          : say("made_when", { when })}
      </p>
    </>
  );
}

function Others({ words, maps }: { words: string; maps: readonly ShelfMap[] }) {
  return (
    <p className="small">
      <span className="soft">{words}: </span>
      {maps.map((one, place) => (
        <span key={one.id}>
          {place ? ", " : ""}
          <Link href={boardHref(one.id)}>{one.title}</Link>
        </span>
      ))}
    </p>
  );
}
