/** Edits made of others: completed with what the author saw, or made once more. */

import { type Replaced, valueAt } from "./apply.ts";
import { type Board, placeOf } from "./board.ts";
import type { Edit } from "./commands.ts";

/** The edit with the values its author saw, so that others' changes are merged or told. */
export function knowing(board: Board, edit: Edit): Edit {
  const card = edit.do === "together" ? undefined : board.find(edit.ref);
  if (edit.do === "change" && card && edit.was === undefined) {
    return { ...edit, was: valueAt(card.fields, edit.field) };
  }
  if (edit.do === "move" && card && edit.was === undefined) {
    return { ...edit, was: placeOf(card) };
  }
  return edit;
}

/** The edit with the places that its author saw it take. */
export function withPlaces(edit: Edit, done: Edit): Edit {
  if (edit.do === "add" && done.do === "add" && done.place) return { ...edit, place: done.place };
  if (edit.do === "move" && done.do === "move") return { ...edit, place: done.place };
  if (edit.do === "together" && done.do === "together") {
    const edits = edit.edits.map((one, n) => {
      const other = done.edits[n];
      return other ? withPlaces(one, other) : one;
    });
    return { do: "together", edits };
  }
  return edit;
}

/** The edit once more, whatever others changed since. */
export function forced(edit: Edit): Edit {
  switch (edit.do) {
    case "change": {
      const { ref, field, value = null } = edit;
      return { do: "change", ref, field, value };
    }
    case "move":
      return { do: "move", ref: edit.ref, place: edit.place };
    case "mark_gone":
      return { do: "mark_gone", ref: edit.ref };
    case "together":
      return { do: "together", edits: edit.edits.map(forced) };
    default:
      return edit;
  }
}

/** The edit that makes a value stand again that was written over. */
export function restored({ ref, field, lost }: Replaced): Edit {
  if (field !== "place") return { do: "change", ref, field, value: lost };
  const place = typeof lost === "object" && lost !== null && "at" in lost ? lost : {};
  const text = (key: string) => {
    const value = Object.entries(place).find(([name]) => name === key)?.[1];
    return typeof value === "string" ? value : "";
  };
  return { do: "move", ref, place: { at: text("at"), pos: text("pos"), lane: text("lane") } };
}
