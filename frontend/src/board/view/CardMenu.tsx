import { Menu as BaseMenu, Popover } from "react-aria-components";
import type { Board, Card } from "../../doc/board.ts";
import { MenuItem } from "../../ui/Menu.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { act } from "../acts.ts";
import { EMOTION } from "../grid.ts";
import type { Act } from "../keys.ts";
import { cardTitle } from "./titles.ts";
import { useHand } from "./useBoard.ts";

type Entry = { id: string; words: string; keys?: string; act: Act; isDanger?: boolean };

/** All that can be done with a card, for who does not use keys or cannot pull. */
export function CardMenu(props: {
  board: Board;
  spot: string;
  at: HTMLElement;
  close: () => void;
}) {
  const { board, spot, at, close } = props;
  const hand = useHand();
  const words = useWords();
  const card = board.find(spot);
  if (!card) return null;
  const entries = entriesOf(card, words.say);
  const name = words.say("card_menu", { name: cardTitle(words, card) });
  const button = at.querySelector("[data-act=menu]") ?? at;
  return (
    <Popover
      aria-label={name}
      className="menu-sheet"
      offset={4}
      placement="bottom end"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      triggerRef={{ current: button }}
    >
      <BaseMenu
        aria-label={name}
        className="menu"
        autoFocus="first"
        onAction={(key) => {
          const entry = entries.find((one) => one.id === key);
          close();
          hand.stand(card.ref, true);
          if (entry) act(hand, entry.act);
        }}
      >
        {entries.map(({ id, words: told, keys, isDanger }) => (
          <MenuItem
            key={id}
            id={id}
            {...(keys ? { keys } : {})}
            {...(isDanger ? { isDanger } : {})}
          >
            {told}
          </MenuItem>
        ))}
      </BaseMenu>
    </Popover>
  );
}

function entriesOf(card: Card, say: ReturnType<typeof useWords>["say"]): Entry[] {
  const isStatement = card.kind === "statement";
  const entries: Entry[] = [
    { id: "edit", words: say("act_edit"), keys: "Enter", act: { act: "edit" } },
    { id: "details", words: say("act_details"), keys: "Space", act: { act: "details" } },
  ];
  if (isStatement && card.lane === EMOTION) {
    entries.push(
      { id: "better", words: say("act_better"), keys: "+", act: { act: "score", by: 0.5 } },
      { id: "worse", words: say("act_worse"), keys: "−", act: { act: "score", by: -0.5 } },
    );
  }
  if (isStatement)
    entries.push({ id: "new", words: say("act_new"), keys: "N", act: { act: "new" } });
  else entries.push({ id: "step", words: say("act_step"), keys: "S", act: { act: "step" } });
  if (card.kind === "stage") {
    entries.push({ id: "stage", words: say("act_stage"), keys: "G", act: { act: "stage" } });
  }
  if (card.kind === "step") {
    const isMoment = card.fields.moment_of_truth === true;
    entries.push({
      id: "moment",
      words: say(isMoment ? "act_no_moment" : "act_moment"),
      keys: "T",
      act: { act: "moment" },
    });
  }
  const [back, on] = isStatement ? (["up", "down"] as const) : (["left", "right"] as const);
  entries.push(
    { id: "move", words: say("act_move"), keys: "M", act: { act: "move" } },
    {
      id: "back",
      words: say(isStatement ? "act_up" : "act_earlier"),
      act: { act: "shift", to: back },
    },
    { id: "on", words: say(isStatement ? "act_down" : "act_later"), act: { act: "shift", to: on } },
    { id: "copy", words: say("act_copy"), keys: "D", act: { act: "copy" } },
    { id: "split", words: say("act_split"), keys: "X", act: { act: "split" } },
    { id: "merge", words: say("act_merge"), keys: "J", act: { act: "merge" } },
    { id: "gone", words: say("act_gone"), keys: "Del", act: { act: "gone" }, isDanger: true },
  );
  return entries;
}
