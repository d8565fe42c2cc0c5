import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { AuditSaid, DoneSaid } from "../../api/types/activity.ts";
import { SearchField, SelectField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { ACTIONS, deedWords, detailWords } from "../discussion/deeds.ts";
import { useOlder } from "../older.tsx";
import { Trouble } from "../trouble.tsx";
import "../discussion/talk.css";

const US_PER_MS = 1000;
const EVERY = "every";
const KINDS = {
  session: "audit_kind_session",
  token: "audit_kind_token",
  guest: "audit_kind_guest",
  server: "audit_kind_server",
} as const;

/** Who did what on the server; for administrators. */
export default function Audit() {
  const { say } = useWords();
  const [action, setAction] = useState(EVERY);
  const [who, setWho] = useState("");
  const [map, setMap] = useState("");
  const wanted = new URLSearchParams({
    who: who.trim(),
    map: map.trim(),
    action: action === EVERY ? "" : action,
  });
  const query = wanted.toString();
  const { data, error, again } = useAsked<AuditSaid>(`/api/audit?${query}`);
  return (
    <>
      <h1>{say("audit")}</h1>
      <p className="soft">{say("audit_more")}</p>
      <div className="talk-choices">
        <SelectField
          label={say("audit_action")}
          choices={[
            { id: EVERY, words: say("audit_every") },
            ...ACTIONS.map((id) => ({ id, words: deedWords(say, id) })),
          ]}
          chosen={action}
          onChoose={setAction}
        />
        <SearchField label={say("audit_who")} value={who} onChange={setWho} />
        <SearchField label={say("audit_map")} value={map} onChange={setMap} />
      </div>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data && !data.done.length ? <p className="soft">{say("audit_none")}</p> : null}
      {data ? <Entries key={query} first={data} wanted={wanted} /> : null}
    </>
  );
}

function Entries({ first, wanted }: { first: AuditSaid; wanted: URLSearchParams }) {
  const { all, button } = useOlder(
    first,
    (last) => Boolean(last.before),
    ({ before }) =>
      call("GET /api/audit", {
        query: { ...Object.fromEntries(wanted), before: before ?? "" },
      }),
  );
  return (
    <>
      <ol className="talk-rows">
        {all
          .flatMap((one) => one.done)
          .map((one) => (
            <li key={one.id}>
              <Entry done={one} />
            </li>
          ))}
      </ol>
      {button}
    </>
  );
}

function Entry({ done }: { done: DoneSaid }) {
  const words = useWords();
  const { say, time } = words;
  const kind = Object.entries(KINDS).find(([name]) => name === done.kind)?.[1];
  const detail = detailWords(words, done.detail);
  return (
    <>
      <p>
        <strong dir="auto">{done.who || say("activity_server")}</strong>{" "}
        {deedWords(say, done.action)}
        {done.map ? (
          <bdi className="soft">
            {" · "}
            {say("audit_map")} {done.map}
          </bdi>
        ) : null}
      </p>
      <p className="small soft talk-words">
        {time(done.at_us / US_PER_MS)}
        {kind && done.kind !== "server" ? ` · ${say(kind)}` : ""}
        {done.ref ? ` · ${done.ref}` : ""}
        {detail ? <bdi> · {detail}</bdi> : null}
      </p>
    </>
  );
}
