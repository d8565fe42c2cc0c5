/** Votes without React: what can be voted on, what is left to give, what a result writes onto cards. */
import type { Asked, Option, Result } from "../../api/types/votes.ts";
import { EMOTION, lanesOf, nameOf, stepsOf, textOf } from "../../board/grid.ts";
import { addStatement, type Random, together } from "../../board/making.ts";
import type { Board } from "../../doc/board.ts";
import type { Edit } from "../../doc/commands.ts";

export const MOST_OPTIONS = 100;
export const TEXTS = "texts";
export const STEPS = "steps";
const HALF = 2;

/** Steps of a map as something to vote on. */
export function stepOptions(board: Board): Option[] {
  return stepsOf(board).map((card) => ({ key: card.ref, ref: card.ref, text: nameOf(card) }));
}

/** Cards of a lane as something to vote on; each says where it stands. */
export function laneOptions(board: Board, lane: string): Option[] {
  const found: Option[] = [];
  const add = (at: string, where: string) => {
    for (const card of board.row(at, "statement", lane)) {
      const said = textOf(card.fields.text);
      if (said)
        found.push({ key: card.ref, ref: card.ref, text: where ? `${said} (${where})` : said });
    }
  };
  add("map", "");
  for (const stage of board.row("map", "stage")) {
    add(stage.ref, nameOf(stage));
    for (const step of board.row(stage.ref, "step")) add(step.ref, nameOf(step));
  }
  return found;
}

/** Lanes in which there is something to vote on. */
export function lanesWithCards(board: Board): string[] {
  return lanesOf(board)
    .map((one) => one.name)
    .filter((lane) => laneOptions(board, lane).length > 1);
}

/** Lines as something to vote on, each once. */
export function textOptions(text: string): Option[] {
  const lines = text.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter(Boolean))].map((line, n) => ({
    key: `t${n}`,
    ref: "",
    text: line,
  }));
}

/** How many dots are left to give. */
export function dotsLeft(asked: Asked, said: Readonly<Record<string, number>>): number {
  const given = Object.values(said).reduce((sum, one) => sum + one, 0);
  return (asked.dots ?? 0) - given;
}

/** The scores one can give. */
export function scale(asked: Asked): readonly number[] {
  return asked.measure === "emotion" ? [-2, -1, 0, 1, 2] : [1, 2, 3, 4, 5];
}

/** Averages of revealed scores as one edit of the cards; null where none of them can take one. */
export function writing(
  board: Board,
  asked: Asked,
  result: Result,
  random: Random,
): [Edit, number] | null {
  const edits: Edit[] = [];
  for (const { key, mean } of result.options) {
    const ref = asked.options.find((one) => one.key === key)?.ref ?? "";
    const edit =
      mean === null || mean === undefined ? null : edited(board, ref, asked, mean, random);
    if (edit) edits.push(edit);
  }
  return edits.length ? [together(edits), edits.length] : null;
}

function edited(
  board: Board,
  ref: string,
  asked: Asked,
  mean: number,
  random: Random,
): Edit | null {
  const card = board.find(ref);
  if (!card || !board.isShown(ref)) return null;
  if (asked.measure !== "emotion") {
    if (card.kind !== "statement") return null;
    const was = card.fields.importance ?? null;
    return { do: "change", ref, field: "importance", value: Math.round(mean), was };
  }
  const score = Math.round(mean * HALF) / HALF;
  const feeling = card.kind === "step" ? board.row(ref, "statement", EMOTION)[0] : card;
  if (!feeling) return addStatement(ref, EMOTION, { score }, random).edit;
  if (feeling.lane !== EMOTION) return null;
  const was = feeling.fields.score ?? null;
  return { do: "change", ref: feeling.ref, field: "score", value: score, was };
}
