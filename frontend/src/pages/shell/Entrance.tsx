import { useEffect, useState } from "react";
import { Form } from "react-aria-components";
import { useLocation } from "wouter";
import { api, Refused } from "../../api/client.ts";
import { Button } from "../../ui/Button.tsx";
import { Checkbox, TextField } from "../../ui/Fields.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { Choices } from "./Choices.tsx";
import { type Me, useMe } from "./me.tsx";
import "./Entrance.css";

type FrameProps = {
  title: string;
  more: string;
  act: string;
  /** What is sent when the form is. */
  work: () => Promise<unknown>;
  children: React.ReactNode;
  after?: React.ReactNode;
};

/** A form at the door: title, fields, one button. */
function Frame({ title, more, act, work, children, after }: FrameProps) {
  const { isSending, error, send } = useSending();
  return (
    <main className="entrance">
      <div className="entrance-sheet">
        <p className="entrance-brand">desirepath</p>
        <h1>{title}</h1>
        <p className="soft">{more}</p>
        {error ? <Trouble error={error} /> : null}
        <Form
          className="entrance-form"
          onSubmit={(event) => {
            event.preventDefault();
            send(work);
          }}
        >
          {children}
          <Button type="submit" weight="primary" isPending={isSending}>
            {act}
          </Button>
        </Form>
        {after}
      </div>
      <Choices />
    </main>
  );
}

type PasswordProps = {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  isNew?: boolean;
  isRequired?: boolean;
};

/** A password, hidden until its box is ticked. */
export function PasswordField({ isNew, isRequired = true, ...rest }: PasswordProps) {
  const { say } = useWords();
  const [isShown, setShown] = useState(false);
  return (
    <div className="entrance-password">
      <TextField
        {...rest}
        isRequired={isRequired}
        type={isShown ? "text" : "password"}
        autoComplete={isNew ? "new-password" : "current-password"}
        {...(isNew ? { minLength: 12 } : {})}
      />
      <Checkbox isSelected={isShown} onChange={setShown}>
        {say("password_show")}
      </Checkbox>
    </div>
  );
}

const PAGE = /^\/[\w.~-][\w.~/-]*$/;

/** Off to the provider of accounts; it sends back to the page that was asked for. */
function Elsewhere({ name }: { name: string }) {
  const { say } = useWords();
  const [at] = useLocation();
  const [isLeaving, setLeaving] = useState(false);
  return (
    <div className="entrance-elsewhere">
      <p className="soft entrance-or">{say("sign_in_or")}</p>
      <Button
        isPending={isLeaving}
        onPress={() => {
          setLeaving(true);
          location.assign(api.address("/api/oidc/start", { to: PAGE.test(at) ? at : "/" }));
        }}
      >
        {say("sign_in_with", { name })}
      </Button>
    </div>
  );
}

/** Why the provider's word did not open the door, once; another load of the page forgets it. */
function useRefused(): Refused | undefined {
  const { say } = useWords();
  const [code] = useState(() => new URLSearchParams(location.search).get("refused"));
  useEffect(() => {
    if (location.search) history.replaceState(history.state, "", location.pathname + location.hash);
  }, []);
  return code ? new Refused({ status: 403, code, title: say("went_wrong") }) : undefined;
}

/** Sign in with name and password, or elsewhere; then the page that was asked for. */
export function SignIn() {
  const { say } = useWords();
  const { ask, isEnded, me } = useMe();
  const refused = useRefused();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  return (
    <Frame
      title={say("sign_in")}
      more={say("sign_in_more")}
      act={say("sign_in")}
      work={async () => {
        await api.post("/api/session", { name, password });
        await ask();
      }}
      after={
        <>
          <p className="small soft">{say("password_lost")}</p>
          {me.provider ? <Elsewhere name={me.provider} /> : null}
        </>
      }
    >
      {refused ? <Trouble error={refused} /> : null}
      {isEnded ? <Notice kind="warning">{say("ended")}</Notice> : null}
      <TextField
        label={say("name")}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
        autoComplete="username"
      />
      <PasswordField label={say("password")} value={password} onChange={setPassword} />
    </Frame>
  );
}

type NewcomerProps = {
  title: string;
  more: string;
  act: string;
  nameComplete: "username" | "nickname";
  password: { label: string; hint: string; isNew?: boolean; isRequired?: boolean };
  /** Takes the name and the password to the server; gives the address to go on to. */
  come: (name: string, password: string) => Promise<string>;
};

/** Somebody comes in for the first time: how they want to be called, and a password. */
function Newcomer({ title, more, act, nameComplete, password: asked, come }: NewcomerProps) {
  const { say } = useWords();
  const { ask } = useMe();
  const [, go] = useLocation();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  return (
    <Frame
      title={title}
      more={more}
      act={act}
      work={async () => {
        const to = await come(name, password);
        await ask();
        go(to, { replace: true });
      }}
    >
      <TextField
        label={say("your_name")}
        value={name}
        onChange={setName}
        isRequired
        autoFocus
        autoComplete={nameComplete}
      />
      <PasswordField {...asked} value={password} onChange={setPassword} />
    </Frame>
  );
}

/** The first administrator makes an account with the key that the server printed. */
export function First({ secret }: { secret: string }) {
  const { say } = useWords();
  return (
    <Newcomer
      title={say("first_title")}
      more={say("first_more")}
      act={say("first_make")}
      nameComplete="username"
      password={{ label: say("password"), hint: say("password_hint"), isNew: true }}
      come={async (name, password) => {
        await api.post("/api/first", { key: secret, name, password });
        return "/";
      }}
    />
  );
}

/** A guest comes in with a link. */
export function Invited({ secret }: { secret: string }) {
  const { say } = useWords();
  return (
    <Newcomer
      title={say("link_title")}
      more={say("link_more")}
      act={say("link_enter")}
      nameComplete="nickname"
      password={{ label: say("link_password"), hint: say("link_password_hint"), isRequired: false }}
      come={async (name, password) => {
        await api.post("/api/guest", { link: secret, name, password });
        const { map } = await api.get<Me>("/api/me");
        return `/maps/${encodeURIComponent(map ?? "")}`;
      }}
    />
  );
}
