/** Sorted sticky notes as one edit of the map: every one is born an assumption. */
import type { NoteSaid, Proposal } from "../../api/types/notes.ts";
import { addStatement, type Random, together } from "../../board/making.ts";
import type { Board } from "../../doc/board.ts";
import type { Edit } from "../../doc/commands.ts";

/** Whether a note is not on the map, or no longer: its card was undone or taken off. */
export function isWaiting(one: NoteSaid, board: Board): boolean {
  return !(one.note.put && board.isShown(one.note.put));
}

/** Where a note is put: by people, or nowhere yet. */
export function isSorted(one: NoteSaid, board: Board): boolean {
  const { lane, at } = one.note;
  return Boolean(lane && at && board.isShown(at));
}

/** What a proposal adds to what people said; null where it adds nothing. */
export function proposedFor(
  one: NoteSaid,
  board: Board,
): { readonly lane: string; readonly at: string; readonly why: Proposal } | null {
  const { note, proposal } = one;
  const at = note.at || (proposal.at && board.isShown(proposal.at) ? proposal.at : "");
  const lane = note.lane || proposal.lane || "";
  const isMore = (!note.lane && lane !== "") || (!note.at && at !== "");
  return isMore ? { lane, at: at ?? "", why: proposal } : null;
}

/** Notes as cards of the map, all in one edit, and which card each becomes; null where none is sorted. */
export function putOn(
  board: Board,
  notes: readonly NoteSaid[],
  by: string,
  day: string,
  random: Random,
): { readonly edit: Edit; readonly refs: Readonly<Record<string, string>> } | null {
  const sorted = notes.filter((one) => isSorted(one, board));
  if (!sorted.length) return null;
  const made = sorted.map(({ note }) => {
    const fields = { text: note.text, source: { kind: "staff", by, date: day } };
    return addStatement(note.at ?? "", note.lane ?? "", fields, random);
  });
  return {
    edit: together(made.map((one) => one.edit)),
    refs: Object.fromEntries(sorted.map((one, n) => [one.id, made[n]?.ref ?? ""])),
  };
}
