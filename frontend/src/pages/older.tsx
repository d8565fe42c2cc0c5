import { useState } from "react";
import { Button } from "../ui/Button.tsx";
import { useWords } from "../ui/words/useWords.ts";
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
): Older<T> {
  const { say } = useWords();
  const [older, setOlder] = useState<readonly T[]>([]);
  const { send, error, isSending } = useSending();
  const last = older.at(-1) ?? first;
  const button = (
    <>
      {error ? <Trouble error={error} /> : null}
      {last && hasMore(last) ? (
        <div>
          <Button
            isPending={isSending}
            onPress={() => send(async () => setOlder([...older, await ask(last)]))}
          >
            {say("talk_older")}
          </Button>
        </div>
      ) : null}
    </>
  );
  return { all: first ? [first, ...older] : [], button };
}
