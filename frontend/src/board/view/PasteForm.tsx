import { useMemo } from "react";
import type { Board } from "../../doc/board.ts";
import { Button } from "../../ui/Button.tsx";
import { DialogButtons } from "../../ui/Dialog.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { HEADS, placeOf } from "../spots.ts";
import { looksLikeMap, type NotUnderstood, readCells, readMap } from "../tablePaste.ts";
import { cellsOfHtml, cellsOfText } from "../tableText.ts";
import { useHand } from "./useBoard.ts";
import { useTableWords } from "./useClipboard.ts";

const WHY = {
  no_stage: "paste_no_stage",
  no_lane: "paste_no_lane",
  extra_head: "paste_extra_head",
  outside: "paste_outside",
} as const satisfies Record<NotUnderstood["why"], PlainKey>;
const MOST_SHOWN = 12;

/** What a table from a spreadsheet would change; it is done when somebody says so. */
export function PasteForm({ board, text, html }: { board: Board; text: string; html: string }) {
  const hand = useHand();
  const { say } = useWords();
  const words = useTableWords();
  // as it was when it was asked: what is confirmed is what was shown
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for each table
  const reading = useMemo(() => {
    const cells = (html ? cellsOfHtml(html) : null) ?? cellsOfText(text);
    if (looksLikeMap(cells)) return readMap(board, cells, hand.random, words);
    const grid = hand.grid(board);
    const place = placeOf(grid, board, hand.spot(board));
    const from = {
      column: Math.max(0, place?.column ?? 0),
      lane: Math.max(0, (place?.row ?? HEADS) - HEADS),
    };
    return readCells(board, grid, from, cells, hand.random);
  }, [text, html]);
  const { added, edits, notUnderstood } = reading;
  const count = added.stages + added.steps + added.lanes + added.statements + added.touchpoints;
  return (
    <>
      <p>{edits.length > 0 ? say("paste_edits", { count }) : say("paste_nothing")}</p>
      {notUnderstood.length > 0 ? (
        <>
          <p>{say("paste_unclear", { count: notUnderstood.length })}</p>
          <ul className="paste-unclear">
            {notUnderstood.slice(0, MOST_SHOWN).map((one) => (
              <li key={`${one.row} ${one.column}`} dir="auto">
                {say("paste_cell", {
                  row: one.row + 1,
                  column: one.column + 1,
                  text: one.text,
                  why: say(WHY[one.why]),
                })}
              </li>
            ))}
            {notUnderstood.length > MOST_SHOWN ? <li>…</li> : null}
          </ul>
        </>
      ) : null}
      <DialogButtons>
        <Button onPress={() => hand.ask(null)}>{say("cancel")}</Button>
        <Button
          weight="primary"
          isDisabled={edits.length === 0}
          onPress={() => {
            hand.ask(null);
            for (const edit of edits) hand.send(edit);
          }}
        >
          {say("paste_do")}
        </Button>
      </DialogButtons>
    </>
  );
}
