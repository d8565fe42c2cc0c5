import { type ReactNode, useState } from "react";
import { Button } from "../../../ui/Button.tsx";
import { SearchField } from "../../../ui/Fields.tsx";
import { useWords } from "../../../ui/words/useWords.ts";

const AT_ONCE = 20;
const MORE = 100;

/** The first of many things: those that are shown, a search above them, a button for more below. */
export interface Many<T> {
  readonly shown: readonly T[];
  readonly search: ReactNode;
  readonly more: ReactNode;
}

/** Show a few of many things, and others where somebody looks for them. */
export function useMany<T>(all: readonly T[], nameOf: (one: T) => string, label: string): Many<T> {
  const { say } = useWords();
  const [text, setText] = useState("");
  const [most, setMost] = useState(AT_ONCE);
  if (all.length <= AT_ONCE) return { shown: all, search: null, more: null };
  const wanted = text.trim().toLocaleLowerCase();
  const fitting = all.filter((one) => nameOf(one).toLocaleLowerCase().includes(wanted));
  const left = fitting.length - most;
  return {
    shown: fitting.slice(0, most),
    search: (
      <div className="many-search">
        <SearchField
          label={label}
          value={text}
          onChange={(now) => {
            setText(now);
            setMost(AT_ONCE);
          }}
        />
        <p role="status" className="small soft">
          {say("many_found", { shown: fitting.length, count: all.length })}
        </p>
      </div>
    ),
    more:
      left > 0 ? (
        <Button onPress={() => setMost(most + MORE)}>
          {left <= MORE
            ? say("many_others", { count: left })
            : say("many_more", { some: MORE, count: left })}
        </Button>
      ) : null,
  };
}
