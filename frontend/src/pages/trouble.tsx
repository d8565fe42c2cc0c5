import { Refused } from "../api/client.ts";
import { Button } from "../ui/Button.tsx";
import { Notice } from "../ui/Notice.tsx";
import { codeWords } from "../ui/words/codes.ts";
import { useWords } from "../ui/words/useWords.ts";
import type { Words } from "../ui/words/words.ts";

/** What went wrong, in the reader's words; what has none of ours is told as the server told it. */
export function troubleWords(error: unknown, { say }: Words): string {
  if (!(error instanceof Refused)) return say("went_wrong");
  const known = codeWords(error.code, error.status);
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
