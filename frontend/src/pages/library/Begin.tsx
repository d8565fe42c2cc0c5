import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { Link, useLocation } from "wouter";
import { api } from "../../api/client.ts";
import type { TemplateSaid, TemplatesSaid } from "../../api/types/index.ts";
import { boardHref } from "../../board/evidence/place.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { useAsked, useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { TitleDialog } from "./TitleDialog.tsx";
import "./Library.css";

/** Words of a template; one we have no words for is told as the server tells it. */
const TEMPLATE_WORDS: Readonly<Record<string, readonly [PlainKey, PlainKey]>> = {
  classic: ["template_classic", "template_classic_more"],
  blueprint: ["template_blueprint", "template_blueprint_more"],
  b2b: ["template_b2b", "template_b2b_more"],
  "single-interaction": ["template_single", "template_single_more"],
  lens: ["template_lens", "template_lens_more"],
  business: ["template_business", "template_business_more"],
  future: ["template_future", "template_future_more"],
  "day-in-the-life": ["template_day", "template_day_more"],
  lifecycle: ["template_lifecycle", "template_lifecycle_more"],
  "service-recovery": ["template_recovery", "template_recovery_more"],
  "several-providers": ["template_providers", "template_providers_more"],
  story: ["template_story", "template_story_more"],
};

/** Ways to begin a map: questions, a template, a file. */
export function Begin() {
  const { say } = useWords();
  const { data, error, again } = useAsked<TemplatesSaid>("/api/templates");
  const [chosen, setChosen] = useState<TemplateSaid>();
  return (
    <>
      <div className="page-head">
        <h1>{say("begin_title")}</h1>
      </div>
      <p className="soft">{say("begin_more")}</p>
      <div className="ways">
        <section className="way">
          <h2>{say("guided")}</h2>
          <p>{say("guided_more")}</p>
          <Link href="/draft" className="button button-primary">
            {say("guided_start")}
          </Link>
        </section>
        <ImportWay />
      </div>
      <section className="form">
        <h2>{say("from_template")}</h2>
        <p className="soft">{say("from_template_more")}</p>
        {error ? <Trouble error={error} retry={again} /> : null}
        {data || error ? null : <p role="status">{say("loading")}</p>}
        <ul className="shelf">
          {data?.templates.map((one) => (
            <TemplateCard key={one.name} template={one} onUse={() => setChosen(one)} />
          ))}
        </ul>
      </section>
      {chosen ? <UseDialog template={chosen} onClose={() => setChosen(undefined)} /> : null}
    </>
  );
}

function useTemplateWords(template: TemplateSaid): { name: string; about: string } {
  const { say } = useWords();
  const known = TEMPLATE_WORDS[template.name];
  if (!known) return { name: template.name, about: template.about };
  return { name: say(known[0]), about: say(known[1]) };
}

function TemplateCard({ template, onUse }: { template: TemplateSaid; onUse: () => void }) {
  const { say } = useWords();
  const { name, about } = useTemplateWords(template);
  return (
    <li className="card">
      <img
        className="card-picture"
        src={api.address(`/api/templates/${template.name}/thumbnail.svg`)}
        alt=""
        loading="lazy"
        width="320"
        height="192"
      />
      <div className="card-body">
        <h3>{name}</h3>
        <p>{about}</p>
        <p className="small soft">{template.stages.join(" → ")}</p>
        <div className="card-foot">
          <Button onPress={onUse} aria-label={say("template_use_of", { name })}>
            {say("template_use")}
          </Button>
        </div>
      </div>
    </li>
  );
}

function UseDialog({ template, onClose }: { template: TemplateSaid; onClose: () => void }) {
  const { say } = useWords();
  const { name } = useTemplateWords(template);
  return (
    <TitleDialog
      heading={name}
      label={say("template_title")}
      hint={say("template_title_hint")}
      placeholder={template.title}
      act={say("make_map")}
      path={`/api/templates/${template.name}/maps`}
      onClose={onClose}
    />
  );
}

function ImportWay() {
  const { say } = useWords();
  const { send, error, isSending } = useSending();
  const [, go] = useLocation();
  const take = (file: File | undefined) => {
    if (!file) return;
    send(async () => {
      if (file.name.toLowerCase().endsWith(".zip")) {
        await api.post("/api/import", new Blob([file], { type: "application/zip" }));
        go("/");
        return;
      }
      const isJson = file.name.endsWith(".json");
      const kind = isJson ? "application/json" : "application/yaml";
      const made = await api.post<{ id: string }>("/api/maps", new Blob([file], { type: kind }));
      go(boardHref(made.id));
    });
  };
  return (
    <section className="way">
      <h2>{say("import_map")}</h2>
      <p>{say("import_more")}</p>
      {error ? <Trouble error={error} /> : null}
      <FileTrigger
        acceptedFileTypes={[".yaml", ".yml", ".json", ".zip"]}
        onSelect={(files) => take(files?.[0])}
      >
        <Button isPending={isSending}>{say("import_choose")}</Button>
      </FileTrigger>
    </section>
  );
}
