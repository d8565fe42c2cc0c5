import { createContext, useContext } from "react";
import type { Edit } from "../../doc/commands.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import "./talkSign.css";

/** A change somebody may propose. */
export interface ToPropose {
  /** What it is about. */
  readonly ref: string;
  /** What speaks for it. */
  readonly why: string;
  /** The change; null where it is yet to be chosen. */
  readonly made: {
    readonly edit: Edit;
    readonly kind: "add" | "gone";
    readonly label: string;
  } | null;
}

/** What is said beside the map: who draws the board knows, the board does not. */
export interface Talk {
  /** How many open threads there are about something, by its ref. */
  readonly threads: ReadonlyMap<string, number>;
  /** How many comments there are about findings, by what they are known by. */
  readonly findings: ReadonlyMap<string, number>;
  /** How much of it waits for who sits here. */
  readonly waiting: number;
  /** Where departments disagree, in words, by ref. */
  readonly apart: ReadonlyMap<string, string>;
  /** What stands below the details of a card. */
  readonly below: (ref: string) => React.ReactNode;
  /** Asks for a proposal; null for who may not make one. */
  readonly propose: ((one: ToPropose) => void) | null;
}

export const TalkContext = createContext<Talk | null>(null);

export function useTalked(): Talk | null {
  return useContext(TalkContext);
}

/** How much is said about a card, and whether departments disagree, in words; "" for nothing. */
export function useTalkTold(ref: string): string {
  const talk = useTalked();
  const count = talk?.threads.get(ref) ?? 0;
  const { say } = useWords();
  const told = [count ? say("talk_on_card", { count }) : "", talk?.apart.get(ref) ?? ""];
  return told.filter(Boolean).join(". ");
}

/** Where departments disagree about a card, for who sees it. */
export function ApartSign({ about }: { about: string }) {
  const told = useTalked()?.apart.get(about);
  if (!told) return null;
  return (
    <span className="talk-sign talk-apart" aria-hidden="true">
      {told}
    </span>
  );
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

/** Proposes a change that evidence speaks for; nothing for who may not. */
export function ProposeButton(props: { label?: string; ask: () => ToPropose | null }) {
  const propose = useTalked()?.propose;
  const { say } = useWords();
  if (!propose) return null;
  const name = props.label ? { "aria-label": `${say("propose")}: ${props.label}` } : {};
  return (
    <Button
      {...name}
      weight="quiet"
      icon="pen"
      onPress={() => {
        const asked = props.ask();
        if (asked) propose(asked);
      }}
    >
      {say("propose")}
    </Button>
  );
}
