/** Addresses of places on the board, for links from other rooms, and what stands there. */
import type { Board, Card } from "../../doc/board.ts";
import { chipsOf, type Grid, textsOf } from "../grid.ts";

/** Asks for the list of what customers do and the map does not show; `missing:NAME` for one of it. */
export const MISSING = "missing";

/**
 * Address of a place on the board, for `<Link href>` of any room.
 *
 * The board scrolls there and puts the focus on it, shows its lane where that is hidden, and says
 * so where it was taken off the map. `ref` is `map`, `stage:find`, `step:search`,
 * `statement:s-1`, `touchpoint:mail`, `persona:jana`; `missing` or `missing:newsletter_open` leads
 * to "Not on your map".
 */
export function placeHref(mapId: string, ref: string): string {
  const place = encodeURIComponent(ref).replaceAll("%3A", ":");
  return `${boardHref(mapId)}/at/${place}`;
}

/** Address of the board of a map. */
export function boardHref(mapId: string): string {
  return `/maps/${encodeURIComponent(mapId)}`;
}

/** The ref of the last part of such an address, as the router hands it over. */
export function refAt(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Where a ref stands: a spot of the board, or a card that only the details show. */
export interface Standing {
  readonly spot: string;
  readonly shown: string;
  /** A lane that must be shown first, "" for none. */
  readonly lane: string;
}

/** Where a ref stands, null where it is not on the map (any more). `grid` shows all lanes. */
export function standingOf(board: Board, grid: Grid, ref: string): Standing | null {
  if (ref === "map") return { spot: "corner:0", shown: "", lane: "" };
  const card = board.find(ref);
  if (!card || !board.isShown(ref)) return null;
  switch (card.kind) {
    case "stage":
    case "step":
      return { spot: ref, shown: "", lane: "" };
    case "statement":
      return { spot: ref, shown: "", lane: card.lane };
    case "lane":
      return { spot: ref, shown: "", lane: card.id };
    case "touchpoint":
      return chipOf(board, grid, card);
    default:
      return { spot: "", shown: ref, lane: "" };
  }
}

/** A touchpoint stands first where a step has it; else in the details. */
function chipOf(board: Board, grid: Grid, touchpoint: Card): Standing {
  for (const column of grid.columns) {
    if (!textsOf(column.card.fields.touchpoints).includes(touchpoint.id)) continue;
    for (const lane of grid.lanes) {
      const chip = chipsOf(board, column, lane.name).find(
        (one) => one.touchpoint === touchpoint.id,
      );
      if (chip) return { spot: `chip:${chip.key}`, shown: "", lane: lane.name };
    }
  }
  return { spot: "", shown: touchpoint.ref, lane: "" };
}
