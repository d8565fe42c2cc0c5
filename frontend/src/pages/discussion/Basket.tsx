import { useState } from "react";
import { call } from "../../api/calls.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { drop, empty, type Gathered, KINDS, reasonsOf } from "./basket.ts";

const LONGEST_TITLE = 200;
const LONGEST_REASON = 4000;

type BasketProps = {
  mapId: string;
  basket: readonly Gathered[];
  /** Its first field takes the focus. */
  isFocused?: boolean;
  onSent?: () => void;
};

/** What somebody has gathered, with a title and a reason that may be changed, and a way to send it. */
export function Basket({ mapId, basket, isFocused, onSent }: BasketProps) {
  const { say } = useWords();
  const [typedTitle, setTitle] = useState<string | null>(null);
  const [typedReason, setReason] = useState<string | null>(null);
  const why = reasonsOf(basket);
  const [first] = basket;
  // evidence has its words ready; what somebody thought of has not
  const offered = why && first ? `${say(KINDS[first.kind])}: ${first.label}` : "";
  const title = typedTitle ?? offered.slice(0, LONGEST_TITLE);
  const reason = typedReason ?? why.slice(0, LONGEST_REASON);
  const sending = useSending();
  const send = async () => {
    await call("POST /api/maps/{map}/proposals", {
      path: { map: mapId },
      body: { title: title.trim(), reason: reason.trim(), edits: basket.map((one) => one.edit) },
    });
    empty(mapId);
    setTitle(null);
    setReason(null);
    tell({ words: say("propose_sent") });
    onSent?.();
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
        {...(isFocused ? { autoFocus: true } : {})}
        label={say("propose_title")}
        value={title}
        onChange={setTitle}
        maxLength={LONGEST_TITLE}
        isRequired
      />
      <TextField
        label={say("propose_reason")}
        value={reason}
        onChange={setReason}
        rows={3}
        maxLength={LONGEST_REASON}
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
