import { Refused } from "../api/client.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../ui/words/useWords.ts";
import type { PlainKey, Words } from "../ui/words/words.ts";

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

/** What went wrong, in the reader's words; what has none of ours is told as the server told it. */
export function troubleWords(error: unknown, { say }: Words): string {
  if (!(error instanceof Refused)) return say("went_wrong");
  const known = KNOWN[error.code] ?? OF_STATUS[error.code.startsWith("HTTP ") ? error.status : 0];
  return known ? say(known) : [error.title, error.detail].filter(Boolean).join(". ");
}

/** What went wrong, where it belongs on the page. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const words = useWords();
  return (
    <Notice kind="trouble">
      <p>{troubleWords(error, words)}</p>
      {retry ? <Button onPress={retry}>{words.say("try_again")}</Button> : null}
    </Notice>
  );
}
