import { useRef, useState } from "react";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { completed, keptOf, matchesOf, type Named, typedOf, typingOf } from "./mentions.ts";

const LONGEST = 4000;

export type CommentFormProps = {
  label: string;
  /** People who may be mentioned. */
  people: readonly Named[];
  /** As it is kept; "" for a new comment. */
  text?: string;
  send: (text: string) => Promise<unknown>;
  onCancel?: () => void;
};

/** Write a comment; while a name is typed after an @, those that fit are offered below. */
export function CommentForm({ label, people, text = "", send, onCancel }: CommentFormProps) {
  const { say } = useWords();
  const [typed, setTyped] = useState(() => typedOf(text, people));
  const [caret, setCaret] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const sending = useSending();
  const area = () => form.current?.querySelector("textarea");
  const matches = matchesOf(people, typingOf(typed, caret));
  const follow = () => setCaret(area()?.selectionStart ?? 0);
  const choose = (name: string) => {
    const [now, at] = completed(typed, caret, name);
    setTyped(now);
    setCaret(at);
    requestAnimationFrame(() => {
      area()?.focus();
      area()?.setSelectionRange(at, at);
    });
  };
  const submit = async () => {
    if (!typed.trim()) return;
    if (await sending.send(() => send(keptOf(typed, people)))) setTyped("");
  };
  return (
    <form
      className="talk-form"
      ref={form}
      onKeyUp={follow}
      onClick={follow}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={label}
        hint={people.length ? say("talk_hint") : undefined}
        value={typed}
        onChange={(now) => {
          setTyped(now);
          follow();
        }}
        rows={3}
        maxLength={LONGEST}
      />
      {matches.length ? (
        <div className="talk-matches">
          <p className="unseen" role="status">
            {say("talk_matches", { count: matches.length })}
          </p>
          {matches.map((one) => (
            <Button
              key={one.id}
              aria-label={say("talk_mention", { name: one.name })}
              onPress={() => choose(one.name)}
            >
              @{one.name}
            </Button>
          ))}
        </div>
      ) : null}
      {sending.error ? <Trouble error={sending.error} /> : null}
      <div className="talk-buttons">
        {onCancel ? <Button onPress={onCancel}>{say("cancel")}</Button> : null}
        <Button
          type="submit"
          weight="primary"
          isPending={sending.isSending}
          isDisabled={!typed.trim()}
        >
          {say(text ? "save" : "talk_send")}
        </Button>
      </div>
    </form>
  );
}
