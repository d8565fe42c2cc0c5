import type { PlainKey } from "../ui/words/words.ts";

/** Why a change of the map cannot be made, by the code of the server. */
export const WHY_NOT: Readonly<Record<string, PlainKey>> = {
  E112: "proposal_why_gone",
  E120: "proposal_why_twice",
  E130: "proposal_why_place",
  E131: "proposal_why_changed",
  E702: "proposal_why_map",
  E704: "proposal_why_unsaved",
  E708: "proposal_why_right",
  E770: "proposal_why_none",
  E774: "proposal_why_decided",
};
