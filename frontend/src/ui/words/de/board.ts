import type { Same } from "../catalogue.ts";
import type { board as en } from "../en/board.ts";

/** Wörter der Tafel. */
export const board: Same<typeof en> = {
  board: "Tafel",
};
