import { useState } from "react";
import { call } from "../../api/calls.ts";
import { api } from "../../api/client.ts";
import type { PublicPageSaid, PublicPagesSaid, VersionsSaid } from "../../api/types/index.ts";
import { Checkbox, SelectField, TextField } from "../../ui/Fields.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { SendForm } from "../SendForm.tsx";
import { Trouble } from "../trouble.tsx";
import { embedCode } from "./embed.ts";
import { DaysField, OpenRow, SharePassword, ToCopy } from "./fields.tsx";
import { PublicQuotes } from "./PublicQuotes.tsx";
import "./PublicPages.css";

const LAYERS = ["belief", "verdicts", "numbers", "emotion", "backstage", "quotes"] as const;
type Layer = (typeof LAYERS)[number];
const USUAL: readonly Layer[] = ["belief", "verdicts", "numbers", "emotion"];
const DAYS = [7, 30, 90, 365] as const;

const NEWEST = " newest"; // no version is called so: names are trimmed
const US_PER_MS = 1000;
const ORIGIN_ROWS = 2;

export type PagesProps = { mapId: string; title: string };

/** Pages of a map for everybody: what they show, for how long, in whose frames. */
export function PublicPages({ mapId, title }: PagesProps) {
  const { say } = useWords();
  const path = `/api/maps/${encodeURIComponent(mapId)}/pages`;
  const { data, error, again } = useAsked<PublicPagesSaid>(path);
  return (
    <section className="public">
      <h3>{say("public_title")}</h3>
      <p>{say("public_more")}</p>
      <NewPage mapId={mapId} title={title} again={again} />
      <h4>{say("public_listed")}</h4>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data && !data.pages.length ? <p className="soft">{say("public_none")}</p> : null}
      <ul>
        {data?.pages.map((one) => (
          <PageRow key={one.id} page={one} mapId={mapId} again={again} />
        ))}
      </ul>
    </section>
  );
}

type RowProps = { page: PublicPageSaid; mapId: string; again: () => void };

function PageRow({ page, mapId, again }: RowProps) {
  const { say, list, date } = useWords();
  const day = date(page.at_us / US_PER_MS);
  const end = async () => {
    await call("DELETE /api/maps/{map}/pages/{page}", { path: { map: mapId, page: page.id } });
    tell({ words: say("public_ended") });
    again();
  };
  return (
    <OpenRow end={say("public_end", { who: page.by, day })} onEnd={end}>
      <bdi>
        {say("public_said", {
          layers: page.layers.map((one) => say(`public_layer_${one}`)).join(" · "),
          version: page.version || say("public_newest"),
          until: page.until_us
            ? say("public_until", { day: date(page.until_us / US_PER_MS) })
            : say("public_no_end"),
        })}
      </bdi>
      {page.has_password ? `, ${say("share_has_password")}` : ""}
      {page.origins.length ? `, ${say("public_framed", { origins: list(page.origins) })}` : ""}
    </OpenRow>
  );
}

type NewProps = { mapId: string; title: string; again: () => void };

function NewPage({ mapId, title, again }: NewProps) {
  const { say } = useWords();
  const [layers, setLayers] = useState<readonly Layer[]>(USUAL);
  const [version, setVersion] = useState(NEWEST);
  const [days, setDays] = useState("90");
  const [origins, setOrigins] = useState("");
  const [password, setPassword] = useState("");
  const [made, setMade] = useState<{ address: string; isFramed: boolean }>();
  const named = version === NEWEST ? "" : version;
  const shown = LAYERS.filter((one) => layers.includes(one));
  const make = async () => {
    const { secret } = await call("POST /api/maps/{map}/pages", {
      path: { map: mapId },
      body: {
        layers: shown,
        version: named,
        origins: origins.split("\n"),
        days: Number(days),
        password,
      },
    });
    const address = new URL(`p/${secret}`, document.baseURI).href;
    setMade({ address, isFramed: Boolean(origins.trim()) });
    setOrigins("");
    setPassword("");
    again();
  };
  const preview = api.address(`/api/maps/${encodeURIComponent(mapId)}/pages/preview`, {
    layers: shown.join(","),
    version: named,
  });
  return (
    <>
      <SendForm
        act={say("public_make")}
        icon="link"
        onSend={make}
        beside={() => (
          <a href={preview} target="_blank" rel="noreferrer">
            {say("public_preview")}
          </a>
        )}
      >
        <fieldset className="public-layers">
          <legend className="field-label">{say("public_layers")}</legend>
          {LAYERS.map((one) => (
            <Checkbox
              key={one}
              isSelected={layers.includes(one)}
              onChange={(isOn) =>
                setLayers(isOn ? [...layers, one] : layers.filter((other) => other !== one))
              }
            >
              {say(`public_layer_${one}`)}
            </Checkbox>
          ))}
          {layers.includes("quotes") ? <PublicQuotes mapId={mapId} /> : null}
        </fieldset>
        <div className="form-row">
          <VersionField mapId={mapId} chosen={version} onChoose={setVersion} />
          <DaysField
            label={say("public_days")}
            days={DAYS}
            never={say("public_never")}
            chosen={days}
            onChoose={setDays}
          />
        </div>
        <TextField
          label={say("public_origins")}
          hint={say("public_origins_hint")}
          value={origins}
          onChange={setOrigins}
          rows={ORIGIN_ROWS}
        />
        <SharePassword value={password} onChange={setPassword} />
      </SendForm>
      {made ? <Made {...made} title={title} /> : null}
    </>
  );
}

type VersionProps = { mapId: string; chosen: string; onChoose: (version: string) => void };

function VersionField({ mapId, chosen, onChoose }: VersionProps) {
  const { say } = useWords();
  const path = `/api/maps/${encodeURIComponent(mapId)}/versions`;
  const { data } = useAsked<VersionsSaid>(path);
  const names = [...new Set(data?.versions.map((one) => one.name))];
  return (
    <SelectField
      label={say("public_version")}
      choices={[
        { id: NEWEST, words: say("public_newest") },
        ...names.map((name) => ({ id: name, words: name })),
      ]}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}

type MadeProps = { address: string; title: string; isFramed: boolean };

/** The address of a new page, told once, and what embeds it. */
function Made({ address, title, isFramed }: MadeProps) {
  const { say } = useWords();
  return (
    <Notice>
      <div className="form">
        <p>{say("public_made")}</p>
        <ToCopy
          label={say("public_address")}
          value={address}
          act={say("public_copy")}
          told={say("public_copied")}
        />
        {isFramed ? (
          <ToCopy
            label={say("public_embed")}
            value={embedCode(address, title)}
            rows={ORIGIN_ROWS}
            act={say("public_embed_copy")}
            told={say("public_embed_copied")}
          />
        ) : null}
      </div>
    </Notice>
  );
}
