import { useState } from "react";
import { addStatement } from "../../board/making.ts";
import { cardTitle, laneTitle } from "../../board/view/titles.ts";
import type { Card } from "../../doc/board.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { type Gathered, KINDS, wordsField } from "./basket.ts";

type Kind = Gathered["kind"];

type FormProps = {
  card: Card;
  lanes: readonly string[];
  /** What speaks for a change, "" for nothing. */
  why?: string;
  onDone: (one: Gathered) => void;
  onCancel: () => void;
};

/** One change of a card, to be put into a proposal. */
export function ChangeForm({ card, lanes, why = "", onDone, onCancel }: FormProps) {
  const words = useWords();
  const { say } = words;
  const field = wordsField(card);
  const before = field ? card.fields[field] : "";
  const kinds: Kind[] = [
    ...(field ? (["reword"] as const) : []),
    ...(lanes.length ? (["add"] as const) : []),
    ...(isKnown(card) ? (["assume"] as const) : []),
    ...(card.kind === "map" ? [] : (["gone"] as const)),
  ];
  const [kind, setKind] = useState<Kind>(kinds[0] ?? "gone");
  const [wording, setWording] = useState(typeof before === "string" ? before : "");
  const [text, setText] = useState("");
  const [lane, setLane] = useState(lanes[0] ?? "");
  const label = cardTitle(words, card);
  const isReady =
    kind === "gone" ||
    kind === "assume" ||
    (kind === "reword" && wording.trim() !== "" && wording.trim() !== before) ||
    (kind === "add" && text.trim() !== "" && lane !== "");
  const made = (): Gathered => {
    if (kind === "gone") return { kind, label, why, edit: { do: "mark_gone", ref: card.ref } };
    if (kind === "assume") {
      const was = card.fields.status ?? null;
      const value = "assumption";
      return {
        kind,
        label,
        why,
        edit: { do: "change", ref: card.ref, field: "status", value, was },
      };
    }
    if (kind === "reword") {
      const value = wording.trim();
      const edit = { do: "change" as const, ref: card.ref, field, value, was: before ?? null };
      return { kind, label: value, why, edit };
    }
    const { edit } = addStatement(card.ref, lane, { text: text.trim() }, Math.random);
    return { kind, label: text.trim(), why, edit };
  };
  return (
    <form
      className="talk-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onDone(made());
      }}
    >
      <p className="soft small">{say("propose_more")}</p>
      <SelectField
        label={say("propose_kind")}
        choices={kinds.map((id) => ({ id, words: say(KINDS[id]) }))}
        chosen={kind}
        onChoose={setKind}
      />
      {kind === "reword" ? (
        <TextField
          label={say("proposal_after")}
          rows={3}
          value={wording}
          onChange={setWording}
          maxLength={2000}
        />
      ) : null}
      {kind === "add" ? (
        <>
          <SelectField
            label={say("propose_lane")}
            choices={lanes.map((id) => ({ id, words: laneTitle(say, id) }))}
            chosen={lane}
            onChoose={setLane}
          />
          <TextField
            label={say("text_of")}
            rows={3}
            value={text}
            onChange={setText}
            maxLength={2000}
          />
        </>
      ) : null}
      <div className="talk-buttons">
        <Button onPress={onCancel}>{say("cancel")}</Button>
        <Button type="submit" weight="primary" isDisabled={!isReady}>
          {say("propose_put")}
        </Button>
      </div>
    </form>
  );
}

/** Whether a statement counts as more than an assumption. */
function isKnown(card: Card): boolean {
  const { status } = card.fields;
  return card.kind === "statement" && (status === "reasoned" || status === "supported");
}
