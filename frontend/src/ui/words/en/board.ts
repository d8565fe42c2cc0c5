import type { Catalogue } from "../catalogue.ts";

/** Words of the board. */
export const board = {
  board: "Board",
} as const satisfies Catalogue;
