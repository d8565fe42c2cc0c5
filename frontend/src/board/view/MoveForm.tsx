import { useState } from "react";
import type { Board, Card } from "../../doc/board.ts";
import { Button } from "../../ui/Button.tsx";
import { DialogButtons } from "../../ui/Dialog.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { gridOf, lanesOf, nameOf, stepsOf } from "../grid.ts";
import { cardTitle, columnTitle, laneTitle } from "./titles.ts";
import { useHand } from "./useBoard.ts";

const FIRST = "-";

/** A place from lists: what pulling does, for everybody. */
export function MoveForm({ board, card }: { board: Board; card: Card }) {
  const hand = useHand();
  const words = useWords();
  const { say } = words;
  const isStatement = card.kind === "statement";
  const homes = homesOf();
  const here = homes.some((one) => one.id === card.at) ? card.at : (homes[0]?.id ?? "");
  const [at, setAt] = useState(here);
  const [lane, setLane] = useState(card.lane);
  const row = rowAt(at, lane);
  const [after, setAfter] = useState(() => before(row) ?? FIRST);
  const isKnown = after === FIRST || row.some((one) => one.ref === after);
  const chosen = isKnown ? after : (row.at(-1)?.ref ?? FIRST);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        hand.ask(null);
        hand.put(card, at, lane, board.find(chosen) ?? null);
      }}
    >
      {card.kind === "stage" ? null : (
        <SelectField
          label={say(isStatement ? "move_step" : "move_stage")}
          choices={homes}
          chosen={at}
          onChoose={setAt}
        />
      )}
      {isStatement ? (
        <SelectField
          label={say("move_lane")}
          choices={lanesOf(board)
            .filter((one) => hand.may(one.name))
            .map((one) => ({ id: one.name, words: laneTitle(say, one.name) }))}
          chosen={lane}
          onChoose={setLane}
        />
      ) : null}
      <SelectField
        label={say("move_after")}
        choices={[
          { id: FIRST, words: say("move_first") },
          ...row.map((one) => ({ id: one.ref, words: cardTitle(words, one) })),
        ]}
        chosen={chosen}
        onChoose={setAfter}
      />
      <DialogButtons>
        <Button onPress={() => hand.ask(null)}>{say("cancel")}</Button>
        <Button type="submit" weight="primary">
          {say("move_do")}
        </Button>
      </DialogButtons>
    </form>
  );

  function homesOf(): { id: string; words: string }[] {
    if (card.kind === "stage") return [{ id: "map", words: say("whole_journey") }];
    const stages = board.row("map", "stage");
    if (!isStatement) return stages.map((one) => ({ id: one.ref, words: nameOf(one) }));
    const { columns } = gridOf(board);
    const steps = stepsOf(board).map((one) => ({ id: one.ref, words: nameOf(one) }));
    const wholes = columns
      .filter((one) => one.kind !== "step")
      .map((one) => ({ id: one.at, words: columnTitle(say, one) }));
    return [...steps, ...wholes];
  }

  function rowAt(home: string, of: string): Card[] {
    const all = isStatement ? board.row(home, "statement", of) : board.row(home, card.kind);
    return all.filter((one) => one.ref !== card.ref);
  }

  function before(others: readonly Card[]): string | undefined {
    const all = isStatement
      ? board.row(card.at, "statement", card.lane)
      : board.row(card.at, card.kind);
    const index = all.findIndex((one) => one.ref === card.ref);
    return index < 0 ? others.at(-1)?.ref : all[index - 1]?.ref;
  }
}
