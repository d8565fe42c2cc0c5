import { useState } from "react";
import { Link } from "wouter";
import { api } from "../../api/client.ts";
import type { CatalogueSaid } from "../../api/types/index.ts";
import { boardHref } from "../../board/evidence/place.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { PersonaDialog } from "./PersonaDialog.tsx";
import { kindOf, type ListName, listOf, type SharedPersona, traitsOf, wordsOf } from "./persona.ts";
import "./Personas.css";

const EMPATHY = ["says", "thinks", "does", "feels"] as const;
const SINGLE = ["found_us", "heard_before", "past_experience"] as const;

/** The personas all maps share. */
export function Personas() {
  const { say } = useWords();
  const { me } = useMe();
  const { data, error, again } = useAsked<CatalogueSaid>("/api/catalogue");
  const [open, setOpen] = useState<SharedPersona | "new">();
  const mayEdit = isAtLeast(me, "editor") && me.lanes.length === 0;
  const taken = data?.personas.map((one) => one.id) ?? [];
  const add = mayEdit ? (
    <Button weight="primary" icon="add" onPress={() => setOpen("new")}>
      {say("persona_new")}
    </Button>
  ) : null;
  return (
    <>
      <div className="page-head">
        <h1>{say("personas")}</h1>
        {data?.personas.length ? add : null}
      </div>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data ? (
        data.personas.length ? (
          <>
            <p className="soft">{say("personas_more")}</p>
            <ul className="personas">
              {data.personas.map((one) => (
                <PersonaCard
                  key={one.id}
                  persona={one}
                  onEdit={mayEdit ? () => setOpen(one) : undefined}
                />
              ))}
            </ul>
          </>
        ) : (
          <Empty title={say("personas_empty")}>
            <p>{say("personas_empty_more")}</p>
            {add}
          </Empty>
        )
      ) : error ? null : (
        <p role="status">{say("loading")}</p>
      )}
      {open ? (
        <PersonaDialog
          persona={open === "new" ? undefined : open}
          taken={taken}
          onClose={() => setOpen(undefined)}
          again={again}
        />
      ) : null}
    </>
  );
}

type CardProps = { persona: SharedPersona; onEdit: (() => void) | undefined };

function PersonaCard({ persona, onEdit }: CardProps) {
  const { say } = useWords();
  const { fields, maps } = persona;
  const name = wordsOf(fields.name) || persona.id;
  const quote = wordsOf(fields.quote);
  const tagline = wordsOf(fields.tagline);
  const list = (key: ListName) => listOf(fields[key]);
  const empathy = EMPATHY.filter((key) => list(key).length);
  const answers = [
    ...SINGLE.map((key) => ({ key, told: wordsOf(fields[key]) })),
    ...(["likes", "wants_to_achieve", "needs", "pains", "gains"] as const).map((key) => ({
      key,
      told: list(key).join(" · "),
    })),
  ].filter((one) => one.told);
  return (
    <li className="persona">
      <header className="persona-head">
        <Portrait image={fields.image} />
        <div className="persona-names">
          <h2>{name}</h2>
          <p className="small soft">{say(`kind_${kindOf(fields.kind)}`)}</p>
          {tagline ? <p>{tagline}</p> : null}
        </div>
        {onEdit ? (
          <IconButton icon="pen" label={say("persona_edit", { name })} onPress={onEdit} />
        ) : null}
      </header>
      {quote ? <blockquote className="persona-quote">{quote}</blockquote> : null}
      {answers.length ? (
        <dl className="persona-answers">
          {answers.map((one) => (
            <div key={one.key}>
              <dt className="small soft">{say(one.key)}</dt>
              <dd>{one.told}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      <Traits value={fields.traits} />
      {empathy.length ? (
        <section>
          <h3>{say("empathy_map")}</h3>
          <dl className="persona-empathy">
            {empathy.map((key) => (
              <div key={key}>
                <dt className="small soft">{say(key)}</dt>
                {list(key).map((one) => (
                  <dd key={one}>{one}</dd>
                ))}
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      <footer className="small">
        <span className="soft">{say("persona_maps")}: </span>
        {maps.length ? null : <span className="soft">{say("persona_no_maps")}</span>}
        {maps.map((one, place) => (
          <span key={one.id}>
            {place ? ", " : ""}
            <Link href={boardHref(one.id)}>{one.title}</Link>
          </span>
        ))}
      </footer>
    </li>
  );
}

/** The picture of a persona, or a sign in its place. */
export function Portrait({ image }: { image: unknown }) {
  const isOurs = typeof image === "string" && /^[0-9a-f]{64}$/.test(image);
  return (
    <div className="persona-picture">
      {isOurs ? <img src={api.address(`/api/images/${image}`)} alt="" /> : <Icon name="person" />}
    </div>
  );
}

const MOST = 5;

function Traits({ value }: { value: unknown }) {
  const { say } = useWords();
  const traits = traitsOf(value);
  if (!traits.length) return null;
  return (
    <ul className="persona-traits">
      {traits.map((one) => (
        <li key={one.name}>
          <span aria-hidden="true">{one.name}</span>
          <svg viewBox="0 0 54 10" className="persona-scale" aria-hidden="true">
            {Array.from({ length: MOST }, (_, place) => place).map((place) => (
              <circle
                key={place}
                cx={5 + place * 11}
                cy="5"
                r="4"
                className={place < one.value ? "persona-dot-full" : "persona-dot"}
              />
            ))}
          </svg>
          <span className="unseen">{say("trait_value", { name: one.name, value: one.value })}</span>
        </li>
      ))}
    </ul>
  );
}
