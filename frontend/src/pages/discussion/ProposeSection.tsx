import { useState, useSyncExternalStore } from "react";
import { call } from "../../api/calls.ts";
import { addStatement } from "../../board/making.ts";
import { cardTitle, laneTitle } from "../../board/view/titles.ts";
import type { Card } from "../../doc/board.ts";
import type { MapSession } from "../../doc/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectField, TextField } from "../../ui/Fields.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import {
  basketOf,
  drop,
  empty,
  type Gathered,
  gather,
  lanesAt,
  onBasket,
  wordsField,
} from "./basket.ts";

type Kind = Gathered["kind"];
const KINDS = {
  reword: "propose_reword",
  add: "propose_add",
  gone: "propose_gone",
} as const;

/** Propose another wording, a new statement, or to take a card off; several go into one proposal. */
export function ProposeSection(props: { session: MapSession; mapId: string; about: string }) {
  const { session, mapId, about } = props;
  const { say } = useWords();
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const basket = useSyncExternalStore(onBasket, () => basketOf(mapId));
  const [isOpen, setOpen] = useState(false);
  const card = view.board?.find(about);
  if (!view.board || !card) return null;
  return (
    <section className="talk-card" aria-label={say("propose")}>
      {isOpen ? (
        <ChangeForm
          key={card.ref}
          card={card}
          lanes={lanesAt(view.board, card)}
          onCancel={() => setOpen(false)}
          onDone={(one) => {
            gather(mapId, one);
            setOpen(false);
          }}
        />
      ) : (
        <div>
          <Button weight="quiet" icon="pen" onPress={() => setOpen(true)}>
            {say("propose")}
          </Button>
        </div>
      )}
      {basket.length ? <Basket mapId={mapId} basket={basket} /> : null}
    </section>
  );
}

type FormProps = {
  card: Card;
  lanes: readonly string[];
  onDone: (one: Gathered) => void;
  onCancel: () => void;
};

function ChangeForm({ card, lanes, onDone, onCancel }: FormProps) {
  const words = useWords();
  const { say } = words;
  const field = wordsField(card);
  const before = field ? card.fields[field] : "";
  const kinds: Kind[] = [
    ...(field ? (["reword"] as const) : []),
    ...(lanes.length ? (["add"] as const) : []),
    ...(card.kind === "map" ? [] : (["gone"] as const)),
  ];
  const [kind, setKind] = useState<Kind>(kinds[0] ?? "gone");
  const [wording, setWording] = useState(typeof before === "string" ? before : "");
  const [text, setText] = useState("");
  const [lane, setLane] = useState(lanes[0] ?? "");
  const label = cardTitle(words, card);
  const isReady =
    kind === "gone" ||
    (kind === "reword" && wording.trim() !== "" && wording.trim() !== before) ||
    (kind === "add" && text.trim() !== "" && lane !== "");
  const made = (): Gathered => {
    if (kind === "gone") return { kind, label, edit: { do: "mark_gone", ref: card.ref } };
    if (kind === "reword") {
      const value = wording.trim();
      const edit = { do: "change" as const, ref: card.ref, field, value, was: before ?? null };
      return { kind, label: value, edit };
    }
    const { edit } = addStatement(card.ref, lane, { text: text.trim() }, Math.random);
    return { kind, label: text.trim(), edit };
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

function Basket({ mapId, basket }: { mapId: string; basket: readonly Gathered[] }) {
  const { say } = useWords();
  const [title, setTitle] = useState("");
  const [reason, setReason] = useState("");
  const sending = useSending();
  const send = async () => {
    await call("POST /api/maps/{map}/proposals", {
      path: { map: mapId },
      body: { title: title.trim(), reason: reason.trim(), edits: basket.map((one) => one.edit) },
    });
    empty(mapId);
    tell({ words: say("propose_sent") });
  };
  return (
    <form
      className="talk-form talk-basket"
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim()) sending.send(send);
      }}
    >
      <h3>{say("propose_mine", { count: basket.length })}</h3>
      <ul>
        {basket.map((one) => (
          <li key={JSON.stringify(one.edit)} className="talk-line">
            <span>
              <span className="soft small">{say(KINDS[one.kind])}</span>{" "}
              <bdi className="talk-words">{one.label}</bdi>
            </span>
            <IconButton icon="gone" label={say("propose_drop")} onPress={() => drop(mapId, one)} />
          </li>
        ))}
      </ul>
      <TextField
        label={say("propose_title")}
        value={title}
        onChange={setTitle}
        maxLength={200}
        isRequired
      />
      <TextField
        label={say("propose_reason")}
        value={reason}
        onChange={setReason}
        rows={3}
        maxLength={4000}
      />
      {sending.error ? <Trouble error={sending.error} /> : null}
      <div className="talk-buttons">
        <Button
          type="submit"
          weight="primary"
          isPending={sending.isSending}
          isDisabled={!title.trim()}
        >
          {say("propose_send")}
        </Button>
      </div>
    </form>
  );
}
