import { useId, useState } from "react";
import { valueAt } from "../../doc/apply.ts";
import type { Card } from "../../doc/board.ts";
import type { Json } from "../../model/json.ts";
import { isComposing } from "../../ui/composing.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { textsOf } from "../grid.ts";
import { useHand, useMapLang } from "./useBoard.ts";
import { useTyping } from "./useTyping.ts";

/** A text that is sent while it is written, and merged with what others write. */
export function BoundText(props: {
  card: Card;
  field: string;
  label: string;
  isLine: boolean;
  isNeeded: boolean;
  isReadOnly: boolean;
}) {
  const { card, field, label, isLine, isNeeded, isReadOnly } = props;
  const hand = useHand();
  const id = useId();
  const lang = useMapLang();
  const typing = useTyping(hand.desk, card.ref, field, isNeeded);
  const shared = {
    id,
    className: "field-input",
    dir: "auto",
    lang,
    readOnly: isReadOnly,
    value: typing.text,
    ...typing.ears,
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === "Escape" && !isComposing(event)) typing.cancel();
    },
  };
  const hold = (node: HTMLInputElement | HTMLTextAreaElement | null) => {
    typing.box.current = node;
  };
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {isLine ? (
        <input ref={hold} type="text" {...shared} />
      ) : (
        <textarea ref={hold} rows={2} {...shared} className="field-input field-lines" />
      )}
    </div>
  );
}

/** A text that is sent when the field is left, after it was understood. */
export function Given(props: {
  label: string;
  value: string;
  hint?: string | undefined;
  isLine?: boolean;
  isReadOnly?: boolean;
  /** Why a text cannot be taken, "" where it can. */
  check?: (text: string) => string;
  onGive: (text: string) => void;
}) {
  const { label, value, hint, isLine = true, isReadOnly = false, check, onGive } = props;
  const id = useId();
  // it is given with what its author saw: a value that came meanwhile is not written over unsaid
  const [draft, setDraft] = useState<{ text: string; give: typeof onGive } | null>(null);
  const [wrong, setWrong] = useState("");
  const give = () => {
    if (draft === null) return;
    const text = draft.text.trim();
    const why = text && check ? check(text) : "";
    setWrong(why);
    if (why) return;
    setDraft(null);
    if (text !== value) draft.give(text);
  };
  const shared = {
    id,
    className: "field-input",
    dir: "auto",
    readOnly: isReadOnly,
    value: draft?.text ?? value,
    "aria-invalid": wrong !== "",
    "aria-describedby": wrong || hint ? `${id}-more` : undefined,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      setDraft({ text: event.target.value, give: draft?.give ?? onGive }),
    onBlur: give,
  };
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {isLine ? (
        <input
          type="text"
          {...shared}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            if (event.key === "Enter") give();
            if (event.key === "Escape") setDraft(null);
          }}
        />
      ) : (
        <textarea rows={2} {...shared} className="field-input field-lines" />
      )}
      {wrong ? (
        <p className="field-error" id={`${id}-more`}>
          <Icon name="warning" />
          <span>{wrong}</span>
        </p>
      ) : hint ? (
        <p className="field-hint" id={`${id}-more`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Several texts, one in each line. */
export function GivenList(props: {
  card: Card;
  field: string;
  label: string;
  isReadOnly: boolean;
}) {
  const { card, field, label, isReadOnly } = props;
  const hand = useHand();
  const { say } = useWords();
  const now = valueAt(card.fields, field);
  const listed: readonly Json[] = Array.isArray(now) ? now : now === null ? [] : [now];
  return (
    <Given
      label={label}
      hint={say("one_per_line")}
      isLine={false}
      isReadOnly={isReadOnly}
      value={textsOf(now).join("\n")}
      onGive={(text) => {
        const lines = text
          .split("\n")
          .map((one) => one.trim())
          .filter((one) => one);
        // a text that carries a claim keeps it as long as its words stay
        const value = lines.map((one) => listed.find((old) => textsOf(old)[0] === one) ?? one);
        hand.send({
          do: "change",
          ref: card.ref,
          field,
          value: value.length > 0 ? value : null,
          was: now,
        });
      }}
    />
  );
}
