import { useState, useSyncExternalStore } from "react";
import { call } from "../../api/calls.ts";
import type { Asked, Option } from "../../api/types/votes.ts";
import { laneTitle } from "../../board/view/titles.ts";
import type { MapSession } from "../../doc/session.ts";
import { Checkbox, SelectField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { FormDialog } from "../SendForm.tsx";
import {
  laneOptions,
  lanesWithCards,
  MOST_OPTIONS,
  STEPS,
  stepOptions,
  TEXTS,
  textOptions,
} from "./ballots.ts";

const KINDS = ["dots", "choice", "score"] as const;
const MEASURES = ["importance", "emotion"] as const;
const LANE = "lane:";
const MOST_DOTS = 100;

type Props = { session: MapSession; mapId: string; isApart: boolean; onClose: () => void };

/** Ask something, or let departments score. */
export function NewVote({ session, mapId, isApart, onClose }: Props) {
  const { say } = useWords();
  const { board } = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const [question, setQuestion] = useState("");
  const [kind, setKind] = useState<Asked["kind"]>(isApart ? "apart" : "dots");
  const [from, setFrom] = useState(isApart ? STEPS : TEXTS);
  const [texts, setTexts] = useState("");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [dots, setDots] = useState("3");
  const [most, setMost] = useState("2");
  const [measure, setMeasure] = useState<"importance" | "emotion">(
    isApart ? "emotion" : "importance",
  );
  const [wrong, setWrong] = useState("");
  const cards: readonly Option[] =
    !board || from === TEXTS
      ? []
      : from === STEPS
        ? stepOptions(board)
        : laneOptions(board, from.slice(LANE.length));
  const begin = async () => {
    const options = from === TEXTS ? textOptions(texts) : cards.filter((one) => !left.has(one.key));
    const isFew = options.length < (isApart ? 1 : 2) || !question.trim();
    const isMany = options.length > MOST_OPTIONS;
    setWrong(
      isFew ? say("ws_vote_few") : isMany ? say("ws_vote_many", { most: MOST_OPTIONS }) : "",
    );
    if (isFew || isMany) return;
    const body = {
      question: question.trim(),
      kind,
      options,
      dots: numberOf(dots),
      most_on_one: numberOf(most),
      measure,
    };
    await call("POST /api/maps/{map}/votes", { path: { map: mapId }, body });
    onClose();
  };
  const lanes = board ? lanesWithCards(board) : [];
  const sources = [
    ...(isApart ? [] : [{ id: TEXTS, words: say("ws_from_texts") }]),
    { id: STEPS, words: say("ws_from_steps") },
    ...lanes.map((lane) => ({
      id: `${LANE}${lane}`,
      words: say("ws_from_lane", { lane: laneTitle(say, lane) }),
    })),
  ];
  return (
    <FormDialog
      title={say(isApart ? "ws_scoring_new" : "ws_vote_new")}
      act={say("ws_vote_begin")}
      onSend={begin}
      onClose={onClose}
      isWide
    >
      <TextField
        label={say("ws_vote_question")}
        value={question}
        onChange={setQuestion}
        maxLength={500}
        isRequired
        autoFocus
      />
      <div className="form-row">
        {isApart ? null : (
          <SelectField
            label={say("ws_vote_kind")}
            choices={KINDS.map((id) => ({ id, words: say(`ws_kind_${id}`) }))}
            chosen={kind === "apart" ? "dots" : kind}
            onChoose={setKind}
          />
        )}
        <SelectField
          label={say("ws_vote_from")}
          choices={sources}
          chosen={from}
          onChoose={(id) => {
            setFrom(id);
            setLeft(new Set());
          }}
        />
        {kind === "dots" ? (
          <>
            <TextField
              label={say("ws_vote_dots")}
              inputMode="numeric"
              value={dots}
              onChange={setDots}
            />
            <TextField
              label={say("ws_vote_most")}
              inputMode="numeric"
              value={most}
              onChange={setMost}
            />
          </>
        ) : null}
        {kind === "score" || kind === "apart" ? (
          <SelectField
            label={say("ws_vote_measure")}
            choices={MEASURES.map((id) => ({ id, words: say(`ws_measure_${id}`) }))}
            chosen={measure}
            onChoose={setMeasure}
          />
        ) : null}
      </div>
      {from === TEXTS ? (
        <TextField label={say("ws_vote_texts")} rows={5} value={texts} onChange={setTexts} />
      ) : (
        <fieldset className="ws-cards">
          <legend>{say("ws_vote_cards")}</legend>
          {cards.map((one) => (
            <Checkbox
              key={one.key}
              isSelected={!left.has(one.key)}
              onChange={(isIn) => {
                const next = new Set(left);
                if (isIn) next.delete(one.key);
                else next.add(one.key);
                setLeft(next);
              }}
            >
              <bdi>{one.text}</bdi>
            </Checkbox>
          ))}
        </fieldset>
      )}
      <p role="alert" className="ws-wrong">
        {wrong}
      </p>
    </FormDialog>
  );
}

function numberOf(text: string): number {
  const value = Number.parseInt(text, 10);
  return Number.isFinite(value) ? Math.min(Math.max(value, 1), MOST_DOTS) : 1;
}
