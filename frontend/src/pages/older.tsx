import { useState } from "react";
import { Button } from "../ui/Button.tsx";
import { useWords } from "../ui/words/useWords.ts";
import type { PlainKey } from "../ui/words/words.ts";
import { useSending } from "./asked.ts";
import { Trouble } from "./trouble.tsx";

export type Older<T> = {
  /** What came first, then all that is older, as far as somebody asked for it. */
  readonly all: readonly T[];
  /** Asks for more; nothing where that was all. */
  readonly button: React.ReactNode;
};

/** A long list that comes piece by piece, the newest first. */
export function useOlder<T>(
  first: T | undefined,
  hasMore: (last: T) => boolean,
  ask: (last: T) => Promise<T>,
  words: PlainKey = "talk_older",
): Older<T> {
  const { say } = useWords();
  // what follows on another first page leaves a gap behind this one
  const [kept, setKept] = useState<{ after: T | undefined; list: readonly T[] }>({
    after: first,
    list: [],
  });
  const older = kept.after === first ? kept.list : [];
  const { send, error, isSending } = useSending();
  const last = older.at(-1) ?? first;
  const button = (
    <>
      {error ? <Trouble error={error} /> : null}
      {last && hasMore(last) ? (
        <div>
          <Button
            isPending={isSending}
            onPress={() =>
              send(async () => {
                const list = [...older, await ask(last)];
                setKept({ after: first, list });
              })
            }
          >
            {say(words)}
          </Button>
        </div>
      ) : null}
    </>
  );
  return { all: first ? [first, ...older] : [], button };
}
