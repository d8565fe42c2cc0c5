import { useState } from "react";
import { Link } from "wouter";
import { call } from "../../api/calls.ts";
import { api } from "../../api/client.ts";
import type { PeopleSaid, PersonSaid } from "../../api/types/index.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Checkbox, SelectField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { useOlder } from "../older.tsx";
import { FormDialog } from "../SendForm.tsx";
import { PasswordField } from "../shell/Entrance.tsx";
import { ROLES, type Role } from "../shell/me.tsx";
import { roleWords } from "../shell/Shell.tsx";
import { Trouble } from "../trouble.tsx";
import "./People.css";

/** Everybody with an account; for administrators. */
export function People() {
  const { say, list } = useWords();
  const { data, error, again } = useAsked<PeopleSaid>("/api/people");
  const { all, button } = useOlder(
    data,
    (last) => last.after !== null,
    ({ after }) => call("GET /api/people", { query: { after: after ?? "" } }),
    "more",
  );
  const [open, setOpen] = useState<PersonSaid | "new">();
  return (
    <>
      <div className="page-head">
        <h1>{say("people")}</h1>
        <Button weight="primary" icon="add" onPress={() => setOpen("new")}>
          {say("person_new")}
        </Button>
      </div>
      <p className="soft">
        {say("people_more")} <Link href="/people/audit">{say("audit")}</Link>
      </p>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      <ul className="people">
        {all
          .flatMap((part) => part.people)
          .map((one) => (
            <li key={one.id} className="person">
              <div className="person-words">
                <strong>{one.name}</strong>
                {one.suspended ? <span className="mark">{say("person_suspended")}</span> : null}
                <p className="small soft">
                  {say(roleWords(one.role))}
                  {one.lanes.length ? `, ${say("rows_only", { lanes: list(one.lanes) })}` : ""}
                </p>
              </div>
              <IconButton
                icon="pen"
                label={say("person_edit", { name: one.name })}
                onPress={() => setOpen(one)}
              />
            </li>
          ))}
      </ul>
      {button}
      {open ? (
        <PersonDialog
          person={open === "new" ? undefined : open}
          onClose={() => setOpen(undefined)}
          again={again}
        />
      ) : null}
    </>
  );
}

type DialogProps = { person: PersonSaid | undefined; onClose: () => void; again: () => void };

function PersonDialog({ person, onClose, again }: DialogProps) {
  const { say } = useWords();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>(person?.role ?? "editor");
  const [lanes, setLanes] = useState(person?.lanes.join(", ") ?? "");
  const [password, setPassword] = useState("");
  const [isSuspended, setSuspended] = useState(person?.suspended ?? false);
  const save = async () => {
    const told = lanes
      .split(",")
      .map((one) => one.trim())
      .filter(Boolean);
    if (person) {
      const hasOtherLanes = told.join("\n") !== person.lanes.join("\n");
      const changed = {
        ...(role === person.role ? {} : { role }),
        ...(hasOtherLanes ? { lanes: told } : {}),
        ...(isSuspended === person.suspended ? {} : { suspended: isSuspended }),
        ...(password ? { password } : {}),
      };
      // a change ends all sessions: nothing is sent where nothing changed
      if (Object.keys(changed).length) await api.patch(`/api/people/${person.id}`, changed);
    } else await api.post("/api/people", { name, password, role, lanes: told });
    again();
    onClose();
  };
  return (
    <FormDialog
      title={person ? say("person_edit", { name: person.name }) : say("person_new")}
      act={say(person ? "save" : "person_add")}
      onSend={save}
      onClose={onClose}
    >
      {person ? null : (
        <TextField
          label={say("name")}
          value={name}
          onChange={setName}
          isRequired
          autoFocus
          autoComplete="off"
        />
      )}
      <SelectField
        label={say("person_role")}
        choices={ROLES.map((id) => ({
          id,
          words: `${say(roleWords(id))}: ${say(`role_${id}_more`)}`,
        }))}
        chosen={role}
        onChoose={setRole}
      />
      <TextField
        label={say("person_lanes")}
        hint={say("person_lanes_hint")}
        value={lanes}
        onChange={setLanes}
      />
      <PasswordField
        label={say(person ? "person_password_new" : "password")}
        hint={say(person ? "person_password_keep" : "password_hint")}
        value={password}
        onChange={setPassword}
        isNew
        isRequired={!person}
      />
      {person ? (
        <Checkbox isSelected={isSuspended} onChange={setSuspended}>
          {say("person_suspend")}
        </Checkbox>
      ) : null}
    </FormDialog>
  );
}
