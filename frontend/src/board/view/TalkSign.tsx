import { createContext, useContext } from "react";
import { useWords } from "../../ui/words/useWords.ts";
import "./talkSign.css";

/** What is said beside the map: who draws the board knows, the board does not. */
export interface Talk {
  /** How many open threads there are about something, by its ref. */
  readonly threads: ReadonlyMap<string, number>;
  /** How much of it waits for who sits here. */
  readonly waiting: number;
  /** What stands below the details of a card. */
  readonly below: (ref: string) => React.ReactNode;
}

export const TalkContext = createContext<Talk | null>(null);

export function useTalked(): Talk | null {
  return useContext(TalkContext);
}

/** How much is said about a card, in words; "" for nothing. */
export function useTalkTold(ref: string): string {
  const count = useTalked()?.threads.get(ref) ?? 0;
  const { say } = useWords();
  return count ? say("talk_on_card", { count }) : "";
}

/** The same as a sign: a speech bubble with the number. Its words are in the name of the card. */
export function TalkSign({ about }: { about: string }) {
  const count = useTalked()?.threads.get(about) ?? 0;
  const { number } = useWords();
  if (!count) return null;
  return (
    <span className="talk-sign" aria-hidden="true">
      <svg viewBox="0 0 20 20" focusable="false" aria-hidden="true">
        <path d="M3 4h14v9H9l-4 4v-4H3z" />
      </svg>
      {number(count)}
    </span>
  );
}
