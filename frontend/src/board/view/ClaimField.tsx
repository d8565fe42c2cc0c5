import { useState } from "react";
import type { Board, Card } from "../../doc/board.ts";
import { isObject, type Json, parsed } from "../../model/json.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import {
  CLAIM_KINDS,
  CLAIMS,
  type ClaimKind,
  type ClaimPart,
  claimKind,
  claimOf,
  claimTexts,
} from "../claims.ts";
import { nameOf, stepsOf } from "../grid.ts";
import { Given } from "./Bound.tsx";
import { Bound } from "./bounds.ts";
import { useHand } from "./useBoard.ts";

const NONE = "";

/** The testable form of a statement, in words; what they cannot say can be given as JSON. */
export function ClaimField(props: {
  board: Board;
  card: Card;
  label: string;
  isReadOnly: boolean;
}) {
  const { board, card, label, isReadOnly } = props;
  const hand = useHand();
  const { say } = useWords();
  const claim = card.fields.claim ?? null;
  const [draft, setDraft] = useState<{
    kind: ClaimKind;
    texts: Readonly<Record<string, string>>;
  } | null>(null);
  const set = (value: Json) =>
    hand.send({ do: "change", ref: card.ref, field: "claim", value, was: claim });
  const kind = draft?.kind ?? claimKind(claim);
  const texts = draft?.texts ?? claimTexts(claim);
  const made = draft ? claimOf(draft.kind, draft.texts) : null;
  const parts: readonly ClaimPart[] = kind ? CLAIMS[kind] : [];
  return (
    <fieldset className="field panel-group">
      <legend className="field-label">{label}</legend>
      <p className="field-hint">{say("field_claim_hint")}</p>
      <SelectField
        label={label}
        isLabelUnseen
        isDisabled={isReadOnly}
        choices={[
          { id: NONE, words: say("claim_none") },
          ...CLAIM_KINDS.map((id) => ({ id, words: say(`claim_${id}`) })),
        ]}
        chosen={kind}
        onChoose={(id) => {
          if (id === NONE) {
            setDraft(null);
            if (claim) set(null);
          } else setDraft({ kind: id, texts: {} });
        }}
      />
      {parts.map((part) => partField(part))}
      {draft ? (
        <Button
          weight="primary"
          isDisabled={made === null || parts.some((part) => wrongOf(part))}
          onPress={() => {
            if (made && set(made)) setDraft(null);
          }}
        >
          {say("claim_keep")}
        </Button>
      ) : null}
      <details>
        <summary className="small">{say("claim_as_data")}</summary>
        <Given
          label={label}
          isLine={false}
          isReadOnly={isReadOnly}
          value={claim ? JSON.stringify(claim) : ""}
          check={(text) => (isObject(parsed(text)) ? "" : say("data_wrong"))}
          onGive={(text) => {
            setDraft(null);
            set(text ? parsed(text) : null);
          }}
        />
      </details>
    </fieldset>
  );

  function write(name: string, text: string): void {
    if (kind) setDraft({ kind, texts: { ...texts, [name]: text } });
  }

  function wrongOf(part: ClaimPart): string {
    const text = texts[part.name] ?? "";
    if (!text || (part.kind !== "share" && part.kind !== "duration")) return "";
    const bound = Bound[part.kind];
    return bound.fits(text) ? "" : say(bound.wrong);
  }

  function partField(part: ClaimPart) {
    const { name } = part;
    const text = texts[name] ?? "";
    const choices =
      part.kind === "step"
        ? stepsOf(board).map((one) => ({ id: one.id, words: nameOf(one) }))
        : part.kind === "effect"
          ? [
              { id: "more", words: say("claim_effect_more") },
              { id: "less", words: say("claim_effect_less") },
            ]
          : null;
    if (choices) {
      return (
        <SelectField
          key={name}
          label={say(part.words)}
          isDisabled={isReadOnly}
          choices={[{ id: NONE, words: say("not_said") }, ...choices]}
          chosen={text}
          onChoose={(id) => write(name, id)}
        />
      );
    }
    return (
      <TextField
        key={name}
        label={say(part.words)}
        isReadOnly={isReadOnly}
        value={text}
        onChange={(now) => write(name, now)}
        error={wrongOf(part)}
        hint={
          part.kind === "share" || part.kind === "duration" ? say(Bound[part.kind].hint) : undefined
        }
      />
    );
  }
}
