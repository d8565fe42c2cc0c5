import { useState } from "react";
import type { Board, Card } from "../../doc/board.ts";
import { Button } from "../../ui/Button.tsx";
import { DialogButtons } from "../../ui/Dialog.tsx";
import { Checkbox, SelectField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { lanesOf, nameOf, textOf } from "../grid.ts";
import { splitStage, splitStep } from "../making.ts";
import { cardTitle, laneTitle } from "./titles.ts";
import { useHand } from "./useBoard.ts";

/** A statement, step or stage becomes two. */
export function SplitForm({ board, card }: { board: Board; card: Card }) {
  if (card.kind === "stage") return <SplitStage board={board} card={card} />;
  if (card.kind === "step") return <SplitStep board={board} card={card} />;
  return <SplitStatement card={card} />;
}

function Buttons({ isReady, onSplit }: { isReady: boolean; onSplit: () => void }) {
  const hand = useHand();
  const { say } = useWords();
  return (
    <DialogButtons>
      <Button onPress={() => hand.ask(null)}>{say("cancel")}</Button>
      <Button
        weight="primary"
        isDisabled={!isReady}
        onPress={() => {
          hand.ask(null);
          onSplit();
        }}
      >
        {say("split_do")}
      </Button>
    </DialogButtons>
  );
}

function SplitStatement({ card }: { card: Card }) {
  const hand = useHand();
  const { say } = useWords();
  const text = textOf(card.fields.text);
  const words = [...text.matchAll(/\S+/gu)].slice(1);
  const middle = words[Math.floor((words.length - 1) / 2)]?.index ?? 0;
  const [at, setAt] = useState(String(middle));
  if (words.length === 0) return <p>{say("split_none")}</p>;
  return (
    <>
      <SelectField
        label={say("split_before")}
        choices={words.map((one) => ({
          id: String(one.index),
          words: text.slice(one.index).slice(0, 60),
        }))}
        chosen={at}
        onChoose={setAt}
      />
      <blockquote className="split-preview" dir="auto">
        <p>{text.slice(0, Number(at)).trim()}</p>
        <p>{text.slice(Number(at)).trim()}</p>
      </blockquote>
      <Buttons isReady onSplit={() => hand.split(card, Number(at))} />
    </>
  );
}

function SplitStep({ board, card }: { board: Board; card: Card }) {
  const hand = useHand();
  const words = useWords();
  const { say } = words;
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const statements = board.row(card.ref, "statement");
  const choose = (ref: string, isChosen: boolean) => {
    const now = new Set(chosen);
    if (isChosen) now.add(ref);
    else now.delete(ref);
    setChosen(now);
  };
  return (
    <>
      <TextField label={say("split_name")} value={name} onChange={setName} autoFocus />
      {statements.length > 0 ? <p>{say("split_step")}</p> : null}
      <div className="split-choices">
        {lanesOf(board).map((lane) =>
          board.row(card.ref, "statement", lane.name).map((one) => (
            <Checkbox
              key={one.ref}
              isSelected={chosen.has(one.ref)}
              onChange={(isChosen) => choose(one.ref, isChosen)}
            >
              {`${laneTitle(say, lane.name)}: ${cardTitle(words, one)}`}
            </Checkbox>
          )),
        )}
      </div>
      <Buttons
        isReady={name.trim() !== ""}
        onSplit={() => {
          const gone = statements.filter((one) => chosen.has(one.ref));
          hand.make(splitStep(board, card, name.trim(), gone, hand.random), "split");
        }}
      />
    </>
  );
}

function SplitStage({ board, card }: { board: Board; card: Card }) {
  const hand = useHand();
  const { say } = useWords();
  const steps = board.row(card.ref, "step").slice(1);
  const [name, setName] = useState("");
  const [first, setFirst] = useState(steps[0]?.ref ?? "");
  const step = steps.find((one) => one.ref === first);
  if (!step) return <p>{say("split_none")}</p>;
  return (
    <>
      <SelectField
        label={say("split_stage")}
        choices={steps.map((one) => ({ id: one.ref, words: nameOf(one) }))}
        chosen={first}
        onChoose={setFirst}
      />
      <TextField label={say("split_name")} value={name} onChange={setName} autoFocus />
      <Buttons
        isReady={name.trim() !== ""}
        onSplit={() => hand.make(splitStage(board, card, step, name.trim(), hand.random), "split")}
      />
    </>
  );
}
