/** Files on their way to the server: they go on while the reader looks at other pages of ours. */

import { useSyncExternalStore } from "react";
import { sendFile } from "../../../api/upload.ts";

/** A file on its way, or why it did not come. */
export interface Underway {
  readonly name: string;
  /** How much is there, 0 to 1. */
  readonly share: number;
  readonly error?: unknown;
  /** Want it no longer. */
  readonly stop: () => void;
}

const underway = new Map<string, Underway>();
const listeners = new Set<() => void>();

function set(map: string, now: Underway | undefined): void {
  if (now) underway.set(map, now);
  else underway.delete(map);
  for (const one of listeners) one();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The file that is on its way to a map. */
export function useUnderway(map: string): Underway | undefined {
  return useSyncExternalStore(subscribe, () => underway.get(map));
}

/** Send a file; its id as a source once it is there, nothing where it did not come. */
export async function bring(map: string, file: File): Promise<string | undefined> {
  const before = underway.get(map);
  if (before && before.error === undefined) return undefined;
  const ending = new AbortController();
  const { name } = file;
  const stop = () => ending.abort();
  const onShare = (share: number) => set(map, { name, share, stop });
  onShare(0);
  try {
    const { id } = await sendFile({ map, file, kind: "", onShare, signal: ending.signal });
    set(map, undefined);
    return id;
  } catch (error) {
    set(map, ending.signal.aborted ? undefined : { name, share: 0, error, stop });
    return undefined;
  }
}
