import { createContext, useContext } from "react";
import type { Board } from "../../doc/board.ts";
import type { View } from "../../doc/view.ts";
import type { Hand } from "../hand.ts";
import type { Look } from "../look.ts";

/** What all parts of the board share: the hand stays the same, so that cells need not be drawn anew. */
export const HandContext = createContext<Hand | null>(null);

export function useHand(): Hand {
  const hand = useContext(HandContext);
  if (!hand) throw new Error("this is drawn on a board only");
  return hand;
}

/** Language the texts of the map are in, for hyphens and speech; undefined where it is not known. */
export const MapLangContext = createContext<string | undefined>(undefined);

export function useMapLang(): string | undefined {
  return useContext(MapLangContext);
}

/** Everything a part of the board is drawn of. */
export interface Shown {
  readonly board: Board;
  readonly view: View;
  readonly look: Look;
}
