import { useCallback, useEffect, useRef, useState } from "react";
import { api, Refused } from "../api/client.ts";
import { afterTrouble, type Found } from "./found.ts";

/** What was asked of the server: what came, or what went wrong, and how to ask again. */
export type Asked<T> = {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly again: () => void;
};

/** Ask the server when the page opens; the last answer stays while it is asked again, and where the server is away for a moment. */
export function useAsked<T>(path: string): Asked<T> {
  const [found, setFound] = useState<Found<T>>({ path });
  const [count, setCount] = useState(0);
  const again = useCallback(() => setCount((before) => before + 1), []);
  useEffect(() => {
    const ended = new AbortController();
    const asking = count >= 0 ? api.get<T>(path, { signal: ended.signal }) : undefined;
    asking?.then(
      (data) => setFound({ path, data }),
      (error: unknown) => {
        if (!ended.signal.aborted) setFound((before) => afterTrouble(before, path, error));
        if (error instanceof Refused && error.status === 401) forgotten();
      },
    );
    return () => ended.abort();
  }, [path, count]);
  const now = found.path === path ? found : { path };
  return { data: now.data, error: now.error, again };
}

/** Something that is sent when a button is pressed: whether it is under way, and what went wrong. */
export function useSending(): {
  readonly isSending: boolean;
  readonly error: unknown;
  /** Send; says whether it went well. */
  readonly send: (work: () => Promise<unknown>) => Promise<boolean>;
} {
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>();
  const isBusy = useRef(false);
  const send = useCallback(async (work: () => Promise<unknown>) => {
    if (isBusy.current) return false;
    isBusy.current = true;
    setSending(true);
    setError(undefined);
    try {
      await work();
      return true;
    } catch (wrong) {
      setError(wrong);
      if (wrong instanceof Refused && wrong.status === 401 && wrong.code === "E708") forgotten();
      return false;
    } finally {
      isBusy.current = false;
      setSending(false);
    }
  }, []);
  return { isSending, error, send };
}

let forgotten = (): void => {};

/** What is done when the server does not know us any more. */
export function onForgotten(act: () => void): void {
  forgotten = act;
}
