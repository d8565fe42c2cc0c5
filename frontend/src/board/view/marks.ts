/** Small signs on cards, each with its words. */
import type { Board, Card } from "../../doc/board.ts";
import { isObject, textAt } from "../../model/json.ts";
import { nameOf, textOf } from "../grid.ts";

/** An organization as the board tells it apart: a color, letters and its name. */
export interface Badge {
  readonly color: number;
  readonly letters: string;
  readonly name: string;
}

const COLORS = 6;

/** The badge of an organization; null where none is named. */
export function badgeOf(board: Board, id: string): Badge | null {
  if (!id) return null;
  const row = board.row("map", "organization");
  const index = row.findIndex((one) => one.id === id);
  const card = row[index];
  const name = card ? nameOf(card) : id;
  const words = name.split(/[\s-]+/u).filter((one) => one);
  const [first = "", second = ""] = words;
  const letters = second
    ? [...first].slice(0, 1).join("") + [...second].slice(0, 1).join("")
    : [...first].slice(0, 2).join("");
  return { color: index < 0 ? 0 : index % COLORS, letters: letters.toUpperCase(), name };
}

/** What a card tells beside its text. */
export interface Signs {
  readonly importance: number;
  readonly source: string;
  readonly claim: string;
  readonly persona: string;
  readonly status: string;
}

export function signsOf(card: Card): Signs {
  const { importance, source, claim, persona, status } = card.fields;
  return {
    importance: typeof importance === "number" ? importance : 0,
    source: isObject(source) ? textAt(source, "kind") : "",
    claim: isObject(claim) ? (Object.keys(claim)[0] ?? "") : "",
    persona: textOf(persona),
    status: textOf(status),
  };
}
