import { useDeferredValue, useMemo } from "react";
import type { Board } from "../../doc/board.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { cardTitle } from "./titles.ts";
import { useHand } from "./useBoard.ts";

/** Statements and steps whose stage or step was taken off: kept until somebody places them. */
export function Tray({ board }: { board: Board }) {
  const hand = useHand();
  const words = useWords();
  const { say } = words;
  const seen = useDeferredValue(board);
  const cards = useMemo(() => seen.withoutPlace(), [seen]);
  if (cards.length === 0) return null;
  return (
    <section className="board-tray" aria-labelledby="board-tray-title">
      <h2 id="board-tray-title">{say("tray")}</h2>
      <p className="soft">{say("tray_more")}</p>
      <ul>
        {cards.map((card) => (
          <li key={card.ref} className="board-tray-card">
            <span dir="auto">{cardTitle(words, card)}</span>
            {hand.may(card.lane) ? (
              <span className="board-tray-acts">
                <Button onPress={() => hand.ask({ ask: "move", ref: card.ref })}>
                  {say("place_it")}
                </Button>
                <Button
                  weight="quiet"
                  onPress={() => hand.send({ do: "mark_gone", ref: card.ref })}
                >
                  {say("act_gone")}
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
