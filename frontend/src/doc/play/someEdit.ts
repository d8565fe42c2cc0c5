/** Edits as people might make them; not all of them are allowed. */

import { valueAt } from "../apply.ts";
import { type Board, type Card, placeOf } from "../board.ts";
import type { Edit } from "../commands.ts";
import { positionBetween } from "../positions.ts";
import type { Chance } from "./chance.ts";

const WORDS = ["I pay", "I pay by card", "It is slow", "Größe 😀", "支払う", "ادفع", ""];
const FIELDS = ["name", "text", "title", "owner", "goal.text", "custom.a"];

export function someEdit(board: Board, chance: Chance): Edit {
  const cards = board.cards();
  const card = chance.one(cards, board.card("map"));
  const homes = cards.filter((one) => ["map", "stage", "step"].includes(one.kind));
  const home = chance.one(homes, board.card("map")).ref;
  switch (chance.below(7)) {
    case 0:
      return added(home, chance);
    case 1:
      return moved(board, card, home, chance);
    case 2:
      return { do: "mark_gone", ref: card.ref };
    case 3:
      return { do: "bring_back", ref: card.ref };
    case 4: {
      const inner = someEdit(board, chance);
      return { do: "together", edits: [inner, { do: "bring_back", ref: card.ref }] };
    }
    default: {
      const field = chance.one(FIELDS, "name");
      return { do: "change", ref: card.ref, field, value: words(board, card, field, chance) };
    }
  }
}

function added(home: string, chance: Chance): Edit {
  const kind = chance.one(["stage", "step", "statement", "lane", "touchpoint"], "stage");
  const lane = kind === "statement" ? "pains" : "";
  const isNamed = ["stage", "step", "touchpoint"].includes(kind);
  const fields = isNamed ? { name: chance.one(WORDS, "") } : {};
  const ref = `${kind}:n${chance.below(1_000_000)}`;
  return { do: "add", ref, place: { at: home, lane }, fields };
}

function moved(board: Board, card: Card, home: string, chance: Chance): Edit {
  const at = chance.one([card.at, home], home);
  const first = board.row(at, card.kind)[0]?.pos ?? "";
  const pos = chance.one(["", card.pos, positionBetween("", first)], "");
  const { lane } = placeOf(card);
  return { do: "move", ref: card.ref, place: { at, pos, lane } };
}

/** Another text, or the one that stands there with a word more. */
function words(board: Board, card: Card, field: string, chance: Chance): string {
  const text = valueAt(board.card(card.ref).fields, field);
  const word = chance.one(WORDS, "");
  if (typeof text !== "string" || chance.below(2)) return word;
  return chance.below(2) ? `${word} ${text}` : `${text} ${word}`;
}
