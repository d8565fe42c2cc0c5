import { useState } from "react";
import { Form } from "react-aria-components";
import { call } from "../../api/calls.ts";
import type { Option, VoteSaid } from "../../api/types/votes.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import { dotsLeft, scale } from "./ballots.ts";

const DEPARTMENT = "workshop-department";

type Said = Readonly<Record<string, number>>;
type Props = { mapId: string; vote: VoteSaid; again: () => void };

/** One's own ballot. */
export function BallotForm({ mapId, vote, again }: Props) {
  const { say } = useWords();
  const [said, setSaid] = useState<Said>(vote.mine?.said ?? {});
  const [department, setDepartment] = useState(
    () => vote.mine?.department ?? localStorage.getItem(DEPARTMENT) ?? "",
  );
  const [isMissing, setMissing] = useState(false);
  const { send, error } = useSending();
  const { asked } = vote;
  const isApart = asked.kind === "apart";
  const set = (key: string, value: number) => setSaid((all) => ({ ...all, [key]: value }));
  const cast = async () => {
    if (isApart && !department.trim()) {
      setMissing(true);
      return;
    }
    setMissing(false);
    if (isApart) localStorage.setItem(DEPARTMENT, department.trim());
    const body = { department: isApart ? department : "", said };
    const path = { map: mapId, vote: vote.id };
    const done = await send(() => call("POST /api/maps/{map}/votes/{vote}/ballot", { path, body }));
    if (!done) return;
    tell({ words: say("ws_vote_sent") });
    again();
  };
  return (
    <Form
      className="form ws-ballot"
      onSubmit={(event) => {
        event.preventDefault();
        cast();
      }}
    >
      {isApart ? (
        <TextField
          label={say("ws_department")}
          hint={say("ws_department_hint")}
          value={department}
          onChange={setDepartment}
          maxLength={100}
          error={isMissing ? say("ws_department_missing") : undefined}
        />
      ) : null}
      {asked.kind === "choice" ? (
        <Choice vote={vote} said={said} choose={(key) => setSaid({ [key]: 1 })} />
      ) : null}
      {asked.kind === "dots" ? <Dots vote={vote} said={said} set={set} /> : null}
      {asked.kind === "score" || isApart
        ? asked.options.map((one) => (
            <Score key={one.key} vote={vote} option={one} said={said} set={set} />
          ))
        : null}
      {vote.mine ? <p className="soft">{say("ws_vote_mine")}</p> : null}
      {error ? <Trouble error={error} /> : null}
      <div>
        <Button
          type="submit"
          weight={vote.mine ? "plain" : "primary"}
          isDisabled={Object.keys(said).length === 0}
        >
          {say(vote.mine ? "ws_vote_change" : "ws_vote_send")}
        </Button>
      </div>
    </Form>
  );
}

type ChoiceProps = { vote: VoteSaid; said: Said; choose: (key: string) => void };

function Choice({ vote, said, choose }: ChoiceProps) {
  return (
    <fieldset className="ws-choices">
      <legend className="unseen">{vote.asked.question}</legend>
      {vote.asked.options.map((one) => (
        <label key={one.key} className="ws-choice">
          <input
            type="radio"
            name={`vote-${vote.id}`}
            checked={said[one.key] === 1}
            onChange={() => choose(one.key)}
          />
          <bdi>{one.text}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

type DotsProps = { vote: VoteSaid; said: Said; set: (key: string, value: number) => void };

function Dots({ vote, said, set }: DotsProps) {
  const { say } = useWords();
  const left = dotsLeft(vote.asked, said);
  const most = vote.asked.most_on_one ?? 1;
  return (
    <>
      <p role="status">{say("ws_dots_left", { count: left })}</p>
      <ul className="ws-dots">
        {vote.asked.options.map((one) => {
          const has = said[one.key] ?? 0;
          const option = one.text ?? "";
          return (
            <li key={one.key} className="ws-dot-row">
              <bdi className="ws-grow">{option}</bdi>
              <IconButton
                icon="less"
                weight="plain"
                label={say("ws_dot_less", { option })}
                isDisabled={has === 0}
                onPress={() => set(one.key, has - 1)}
              />
              <span className="ws-dot-count">
                <span aria-hidden="true">{"●".repeat(has) || "–"}</span>
                <span className="unseen">{say("ws_dots_on", { count: has })}</span>
              </span>
              <IconButton
                icon="add"
                weight="plain"
                label={say("ws_dot_more", { option })}
                isDisabled={left <= 0 || has >= most}
                onPress={() => set(one.key, has + 1)}
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}

type ScoreProps = DotsProps & { option: Option };

function Score({ vote, option, said, set }: ScoreProps) {
  return (
    <fieldset className="ws-score">
      <legend>
        <bdi>{option.text}</bdi>
      </legend>
      <div className="ws-levels">
        {scale(vote.asked).map((level) => (
          <label key={level} className="ws-level">
            <input
              type="radio"
              name={`vote-${vote.id}-${option.key}`}
              checked={said[option.key] === level}
              onChange={() => set(option.key, level)}
            />
            <span>{signed(level, vote.asked.measure)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A score as it is written: feelings have a sign. */
export function signed(level: number, measure: string | undefined): string {
  if (measure !== "emotion" || level === 0) return String(level);
  return level > 0 ? `+${level}` : `−${-level}`;
}
