/** What the server refused, by its code, in words. */
import type { PlainKey } from "./words.ts";

const KNOWN: Readonly<Record<string, PlainKey>> = {
  OFFLINE: "trouble_offline",
  E701: "trouble_E701",
  E702: "trouble_E702",
  E704: "trouble_E704",
  E706: "trouble_E706",
  E707: "trouble_E707",
  E708: "trouble_E708",
  E709: "trouble_E709",
  E710: "trouble_E710",
  E711: "trouble_E711",
  E712: "trouble_E712",
  E713: "trouble_E713",
  E715: "trouble_E715",
  E716: "trouble_E716",
  E717: "trouble_E717",
  E718: "trouble_E718",
  E729: "trouble_E729",
  E743: "trouble_E743",
  E744: "trouble_E744",
  E745: "trouble_E745",
  E780: "trouble_E780",
  E782: "trouble_E782",
  E783: "trouble_E783",
  E784: "trouble_E784",
  E785: "trouble_E785",
  E786: "trouble_E786",
  E787: "trouble_E787",
  E788: "trouble_E788",
  E741: "trouble_E741",
  E742: "trouble_E742",
};

/** What stands before the server, such as a proxy, has no code of ours. */
const OF_STATUS: Readonly<Record<number, PlainKey>> = {
  401: "trouble_E708",
  403: "trouble_E708",
  404: "trouble_E702",
  413: "trouble_E707",
  429: "trouble_E709",
  502: "trouble_offline",
  503: "trouble_offline",
  504: "trouble_offline",
};

/** Words of a code; undefined where the server's own are all there is. */
export function codeWords(code: string, status = 0): PlainKey | undefined {
  return KNOWN[code] ?? (code.startsWith("HTTP ") ? OF_STATUS[status] : undefined);
}
