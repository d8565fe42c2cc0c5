/** What customers do and the map does not show: whether it does by now, and the edit that puts it there. */
import type { GapSaid } from "../../api/types/index.ts";
import type { Board } from "../../doc/board.ts";
import { isObject, type Json, type JsonObject, same, textAt } from "../../model/json.ts";
import { stepsOf } from "../grid.ts";
import { addStatement, listOf, type Made, newId, placeAfter, type Random } from "../making.ts";
import { statementsOf } from "./judged.ts";

/** Whether what the map missed is on it by now. */
export function isPut(board: Board, gap: GapSaid): boolean {
  if (hasActivity(gap) && stepsOf(board).some((step) => binds(step.fields.events, gap.name))) {
    return true;
  }
  const { addition } = gap;
  if (!addition) return false;
  for (const card of statementsOf(board)) {
    const claim = card.fields.claim;
    if (card.at === addition.at && isObject(claim) && isAlike(claim, plain(addition.claim))) {
      return true;
    }
  }
  return false;
}

/** Whether events of a name stand behind it, so that a step can be made of it. */
export function hasActivity(gap: GapSaid): boolean {
  return gap.kind === "activity" || (gap.kind === "place" && gap.after !== "");
}

function binds(events: Json | undefined, activity: string): boolean {
  return listOf(events).some((one) => isObject(one) && isLike(activity, textAt(one, "activity")));
}

/** Whether a name fits a pattern: `*` stands for any letters, `?` for one; case counts. */
export function isLike(name: string, pattern: string): boolean {
  const quoted = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  const text = quoted.replaceAll("*", "[^]*").replaceAll("?", "[^]");
  return new RegExp(`^${text}$`, "u").test(name);
}

/** Whether two claims are about the same thing, whatever their limits. */
function isAlike(one: JsonObject, other: JsonObject): boolean {
  const [kind] = Object.keys(other);
  if (!kind) return false;
  const [mine, theirs] = [one[kind], other[kind]];
  if (!isObject(mine) || !isObject(theirs)) return false;
  const about = (of: JsonObject) =>
    Object.fromEntries(Object.entries(of).filter(([key]) => !key.startsWith("at_")));
  return same(about(mine), about(theirs));
}

/** What came over the wire as plain data. */
function plain(data: Readonly<Record<string, unknown>>): JsonObject {
  const value: Json = JSON.parse(JSON.stringify(data));
  return isObject(value) ? value : {};
}

const NAMES = /[_\-./:]+/gu;

/** The name of an activity as a step is called: "care_guide" is "Care guide". */
export function stepName(activity: string): string {
  const words = activity.replace(NAMES, " ").trim() || activity;
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A step after the one it follows, bound to the events it is made of; null where none can stand. */
export function putStep(board: Board, gap: GapSaid, random: Random): Made | null {
  const found = board.find(gap.after);
  const after = found && board.isShown(gap.after) ? found : null;
  const stage = after?.at ?? board.row("map", "stage")[0]?.ref;
  if (!stage || !hasActivity(gap)) return null;
  const name = stepName(gap.name);
  const ref = `step:${newId(name, random)}`;
  const place = { at: stage, pos: placeAfter(board.row(stage, "step"), after), lane: "" };
  const fields = { name, events: [{ activity: gap.name }] };
  return { edit: { do: "add", ref, place, fields }, ref };
}

/** The statement that says of a step, or of the journey, what customers do there; null where there is none. */
export function putStatement(board: Board, gap: GapSaid, random: Random): Made | null {
  const { addition } = gap;
  if (!addition || !(addition.at === "map" || board.isShown(addition.at))) return null;
  const fields: JsonObject = {
    text: addition.text,
    claim: plain(addition.claim),
    source: { kind: "data" },
  };
  return addStatement(addition.at, addition.lane, fields, random);
}
