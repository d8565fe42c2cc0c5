import { useEffect, useRef, useState } from "react";
import { Form, Label, ProgressBar, Radio, RadioGroup } from "react-aria-components";
import { useLocation } from "wouter";
import { api } from "../../api/client.ts";
import { boardHref } from "../../board/evidence/place.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";
import {
  answersOf,
  DEFAULT_STAGES,
  keptTold,
  NOTHING,
  type Question,
  questions,
  type StageTold,
  type Told,
  whyKey,
} from "./questions.ts";
import "./Drafting.css";

const KEPT = "desirepath.draft";
const FEELINGS: readonly [number, PlainKey][] = [
  [2, "feels_2"],
  [1, "feels_1"],
  [0, "feels_0"],
  [-1, "feels_m1"],
  [-2, "feels_m2"],
];

/** A map from answers: one question at a time. */
export function Drafting() {
  const { say, number, language } = useWords();
  const [told, setTold] = useState<Told>(() => keptTold(localStorage.getItem(KEPT)));
  const [at, setAt] = useState(0);
  const { send, error, isSending } = useSending();
  const [, go] = useLocation();
  const asked = questions(told, language);
  const question = asked[Math.min(at, asked.length - 1)];
  const isLast = at >= asked.length - 1;
  useEffect(() => localStorage.setItem(KEPT, JSON.stringify(told)), [told]);
  const make = () =>
    send(async () => {
      const made = await api.post<{ id: string }>("/api/drafts", answersOf(told, language));
      localStorage.removeItem(KEPT);
      go(boardHref(made.id));
    });
  if (!question) return null;
  return (
    <div className="draft">
      <h1 className="draft-brand">{say("draft_title")}</h1>
      <ProgressBar
        className="draft-progress"
        value={at + 1}
        maxValue={asked.length}
        valueLabel={say("draft_progress", { number: at + 1, count: asked.length })}
      >
        {({ percentage, valueText }) => (
          <>
            <Label className="small soft">{valueText}</Label>
            <svg
              className="draft-bar"
              viewBox="0 0 100 2"
              preserveAspectRatio="none"
              aria-hidden="true"
            >
              <rect className="draft-bar-rest" width="100" height="2" />
              <rect className="draft-bar-done" width={percentage ?? 0} height="2" />
            </svg>
          </>
        )}
      </ProgressBar>
      <Form
        className="draft-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isLast) make();
          else setAt(at + 1);
        }}
      >
        <Answer key={at} question={question} told={told} setTold={setTold} />
        <details className="draft-why">
          <summary>{say("draft_why")}</summary>
          <p>{say(whyKey(question))}</p>
        </details>
        {error ? <Trouble error={error} /> : null}
        <div className="draft-buttons">
          <Button isDisabled={at === 0} onPress={() => setAt(at - 1)} icon="back">
            {say("back")}
          </Button>
          {isLast ? null : <Button onPress={() => setAt(at + 1)}>{say("skip")}</Button>}
          <Button type="submit" weight="primary" isPending={isSending}>
            {say(isLast ? "draft_make" : "next")}
          </Button>
          {isLast || at < 7 ? null : (
            <Button weight="quiet" isPending={isSending} onPress={make}>
              {say("draft_make")}
            </Button>
          )}
        </div>
      </Form>
      <p className="small soft">
        {say("draft_assumed")} {say("draft_kept")}
      </p>
      <span className="unseen" aria-live="polite">
        {number(at + 1)}
      </span>
    </div>
  );
}

type AnswerProps = { question: Question; told: Told; setTold: (told: Told) => void };

/** The field of one question; it has the focus when it comes. */
function Answer({ question, told, setTold }: AnswerProps) {
  const { say, language, list } = useWords();
  if (question.kind === "feels") {
    return <Feeling stage={question.stage} told={told} setTold={setTold} />;
  }
  if (question.kind === "stage") {
    const { stage, name, key } = question;
    const now = told.told[stage] ?? NOTHING;
    return (
      <TextField
        label={say(`draft_${key}`, { stage })}
        hint={`${say(`draft_${key}_hint`)} ${say("draft_lines")}`}
        rows={5}
        value={now[name]}
        onChange={(value) => setTold(withStage(told, stage, { ...now, [name]: value }))}
        autoFocus
      />
    );
  }
  const { name, key } = question;
  const hint =
    key === "stages"
      ? `${say("draft_stages_hint", { stages: list(DEFAULT_STAGES[language]) })} ${say("draft_lines")}`
      : say(`draft_${key}_hint`);
  return (
    <TextField
      label={say(`draft_${key}`)}
      hint={hint}
      rows={question.kind === "lines" ? 6 : 1}
      value={told[name]}
      onChange={(value) => setTold({ ...told, [name]: value })}
      autoFocus
    />
  );
}

function withStage(told: Told, stage: string, now: StageTold): Told {
  return { ...told, told: { ...told.told, [stage]: now } };
}

type FeelingProps = { stage: string; told: Told; setTold: (told: Told) => void };

function Feeling({ stage, told, setTold }: FeelingProps) {
  const { say } = useWords();
  const group = useRef<HTMLDivElement>(null);
  const now = told.told[stage] ?? NOTHING;
  useEffect(() => {
    const radios = group.current?.querySelectorAll("input");
    const chosen = [...(radios ?? [])].find((one) => one.checked) ?? radios?.[0];
    chosen?.focus();
  }, []);
  return (
    <RadioGroup
      ref={group}
      className="field"
      value={now.feels === null ? "unknown" : String(now.feels)}
      onChange={(value) => {
        const feels = value === "unknown" ? null : Number(value);
        setTold(withStage(told, stage, { ...now, feels }));
      }}
    >
      <Label className="field-label">{say("draft_feels", { stage })}</Label>
      {FEELINGS.map(([score, key]) => (
        <Radio key={score} value={String(score)} className="draft-radio">
          <span className="draft-dot" aria-hidden="true" />
          <span>{say(key)}</span>
        </Radio>
      ))}
      <Radio value="unknown" className="draft-radio">
        <span className="draft-dot" aria-hidden="true" />
        <span>{say("feels_unknown")}</span>
      </Radio>
    </RadioGroup>
  );
}
