import { useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import { TIMERS } from "../../doc/connection.ts";
import { type Typed, Typing } from "../../doc/typing.ts";
import type { Desk } from "../look.ts";

const NOTHING: Typed = { text: "", selection: null, isOpen: false };
const never = () => () => {};
const nothing = () => NOTHING;

type Box = HTMLTextAreaElement | HTMLInputElement;

/** A text box bound to a field: its text, its ears, and how to take back what was written since it opened. */
export function useTyping(desk: Desk, ref: string, field: string, isNeeded: boolean) {
  const [typing, setTyping] = useState<Typing | null>(null);
  const sent = useRef(0);
  const box = useRef<Box | null>(null);
  // a name cannot be empty: an empty box waits for what comes
  const [isEmptied, setEmptied] = useState(false);
  useLayoutEffect(() => {
    sent.current = 0;
    const own = {
      subscribe: (listener: () => void) => desk.subscribe(listener),
      getSnapshot: () => desk.getSnapshot(),
      edit: (change: Parameters<Desk["edit"]>[0]) => {
        const isMade = desk.edit(change);
        if (isMade) sent.current += 1;
        return isMade;
      },
    };
    const made = new Typing(own, ref, field, TIMERS);
    setTyping(made);
    return () => made.close();
  }, [desk, ref, field]);
  const typed = useSyncExternalStore(typing?.subscribe ?? never, typing?.getSnapshot ?? nothing);
  useLayoutEffect(() => {
    const { selection } = typed;
    if (selection && box.current && document.activeElement === box.current) {
      box.current.setSelectionRange(selection[0], selection[1]);
    }
  }, [typed]);
  const read = (target: Box) => [target.selectionStart ?? 0, target.selectionEnd ?? 0] as const;
  return {
    box,
    text: isEmptied ? "" : typed.text,
    isReady: typing !== null,
    cancel: () => {
      typing?.cancel();
      setEmptied(false);
      for (; sent.current > 0; sent.current -= 1) desk.undo();
    },
    ears: {
      onChange: (event: React.ChangeEvent<Box>) => {
        const { value } = event.target;
        setEmptied(isNeeded && value.trim() === "");
        if (!isNeeded || value.trim() !== "") typing?.type(value, ...read(event.target));
      },
      onSelect: (event: React.SyntheticEvent<Box>) => typing?.select(...read(event.currentTarget)),
      onCompositionStart: () => typing?.compose(),
      onCompositionEnd: (event: React.CompositionEvent<Box>) =>
        typing?.composed(event.currentTarget.value, ...read(event.currentTarget)),
      onBlur: () => {
        setEmptied(false);
        typing?.send();
      },
    },
  };
}
