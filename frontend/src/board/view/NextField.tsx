import { useState } from "react";
import type { Board, Card } from "../../doc/board.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Checkbox, SelectField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { nameOf, stepsOf } from "../grid.ts";
import { type NextEntry, nextOf, nextValue } from "../onward.ts";
import { Given } from "./Bound.tsx";
import { Bound } from "./bounds.ts";
import { useHand } from "./useBoard.ts";

/** Ways on from a step: branches and loops. */
export function NextField(props: { board: Board; step: Card; label: string; isReadOnly: boolean }) {
  const { board, step, label, isReadOnly } = props;
  const hand = useHand();
  const { say } = useWords();
  const entries = nextOf(step);
  const steps = stepsOf(board);
  const [to, setTo] = useState("");
  const free = steps.filter((one) => !entries.some((entry) => entry.step === one.id));
  const chosen = free.some((one) => one.id === to) ? to : (free[0]?.id ?? "");
  const titleOf = (id: string) => {
    const found = board.find(`step:${id}`);
    return found ? nameOf(found) : id;
  };
  const set = (now: readonly NextEntry[]) =>
    hand.send({
      do: "change",
      ref: step.ref,
      field: "next",
      value: nextValue(now),
      was: step.fields.next ?? null,
    });
  const change = (entry: NextEntry, part: Partial<NextEntry>) =>
    set(entries.map((one) => (one === entry ? { ...one, ...part } : one)));
  const isBack = (id: string) =>
    steps.findIndex((one) => one.id === id) <= steps.findIndex((one) => one.ref === step.ref);
  return (
    <fieldset className="field panel-group">
      <legend className="field-label">{label}</legend>
      {entries.map((entry) => (
        <div key={entry.step} className="panel-way">
          <p className="panel-way-head">
            <strong dir="auto">{titleOf(entry.step)}</strong>
            {isReadOnly ? null : (
              <IconButton
                icon="gone"
                label={say("next_remove", { step: titleOf(entry.step) })}
                onPress={() => set(entries.filter((one) => one !== entry))}
              />
            )}
          </p>
          <Given
            label={say("next_text")}
            value={entry.text}
            isReadOnly={isReadOnly}
            onGive={(text) => change(entry, { text })}
          />
          <Given
            label={say("next_share")}
            value={entry.share}
            hint={say("share_hint")}
            isReadOnly={isReadOnly}
            check={(text) => (Bound.share.fits(text) ? "" : say("share_wrong"))}
            onGive={(share) => change(entry, { share })}
          />
          <Checkbox
            isSelected={entry.loop}
            isDisabled={isReadOnly}
            onChange={(loop) => change(entry, { loop })}
          >
            {say("next_loop")}
          </Checkbox>
        </div>
      ))}
      {isReadOnly || free.length === 0 ? null : (
        <>
          <SelectField
            label={say("next_step")}
            choices={free.map((one) => ({ id: one.id, words: nameOf(one) }))}
            chosen={chosen}
            onChoose={setTo}
          />
          <Button
            icon="add"
            onPress={() =>
              set([...entries, { step: chosen, loop: isBack(chosen), text: "", share: "" }])
            }
          >
            {say("next_add")}
          </Button>
        </>
      )}
    </fieldset>
  );
}
