import { Refused } from "../api/client.ts";

/** What was found below a path: the last answer, what went wrong since, or both. */
export type Found<T> = {
  readonly path: string;
  readonly data?: T | undefined;
  readonly error?: unknown;
};

const TOO_MANY = 429;
const SERVER = 500;

/** What is left after an ask went wrong. What may not be seen, or is gone, goes from the page; all else stays. */
export function afterTrouble<T>(before: Found<T>, path: string, error: unknown): Found<T> {
  const isPassing =
    error instanceof Refused &&
    (error.status === 0 || error.status === TOO_MANY || error.status >= SERVER);
  return isPassing && before.path === path ? { path, data: before.data, error } : { path, error };
}
