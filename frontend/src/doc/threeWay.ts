/** A text two people changed at once: both changes kept where they do not touch. */

import { type Block, matchingBlocks } from "./difference.ts";

// A word of letters that are written together, or one character; so scripts without spaces merge by character.
const WORD =
  /(?:(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])[\p{L}\p{N}_])+|./gsu;

/** Beyond this many pairs of words what lies between first and last change counts as one change. */
const MOST_PAIRS = 1_000_000;

/** From, to in the old words, and what stands there now. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly now: string;
}

/** A text with the changes of both, or null where they changed the same words differently. */
export function mergeTexts(old: string, mine: string, theirs: string): string | null {
  if (mine === old || mine === theirs) return theirs;
  if (theirs === old) return mine;
  const words = wordsOf(old);
  const hunks = [...hunksOf(words, mine), ...hunksOf(words, theirs)].sort(
    (one, other) => one.start - other.start || one.end - other.end,
  );
  let merged = "";
  let at = -1;
  let done = 0;
  let last: Hunk | null = null;
  for (const hunk of hunks) {
    if (last && isSameHunk(last, hunk)) continue;
    // Two insertions at one place, or a change that touches another, are for people to settle.
    if (hunk.start <= at) return null;
    merged += words.slice(done, hunk.start).join("") + hunk.now;
    at = hunk.end;
    done = hunk.end;
    last = hunk;
  }
  return merged + words.slice(done).join("");
}

function isSameHunk(one: Hunk, other: Hunk): boolean {
  return one.start === other.start && one.end === other.end && one.now === other.now;
}

function wordsOf(text: string): string[] {
  return text.match(WORD) ?? [];
}

function hunksOf(words: readonly string[], text: string): Hunk[] {
  const now = wordsOf(text);
  const first = alikeAtStart(words, now);
  const last = alikeAtEnd(words, now, first);
  const old = words.slice(first, words.length - last);
  const other = now.slice(first, now.length - last);
  if (old.length * other.length > MOST_PAIRS) {
    return [{ start: first, end: first + old.length, now: other.join("") }];
  }
  const hunks: Hunk[] = [];
  let done: Block = { inOld: 0, inNew: 0, size: 0 };
  for (const block of matchingBlocks(old, other)) {
    const start = done.inOld + done.size;
    const from = done.inNew + done.size;
    if (start < block.inOld || from < block.inNew) {
      const put = other.slice(from, block.inNew).join("");
      hunks.push({ start: first + start, end: first + block.inOld, now: put });
    }
    done = block;
  }
  return hunks;
}

function alikeAtStart(old: readonly string[], now: readonly string[]): number {
  const shorter = Math.min(old.length, now.length);
  let count = 0;
  while (count < shorter && old[count] === now[count]) count += 1;
  return count;
}

function alikeAtEnd(old: readonly string[], now: readonly string[], first: number): number {
  const shorter = Math.min(old.length, now.length) - first;
  let count = 0;
  while (count < shorter && old.at(-1 - count) === now.at(-1 - count)) count += 1;
  return count;
}

/** Where a place in a text is after the text has become another one. */
export function movedPlace(before: string, after: string, place: number): number {
  const old = wordsOf(before);
  const now = wordsOf(after);
  const oldPlaces = placesOf(old);
  const newPlaces = placesOf(now);
  let last = 0;
  for (const { inOld, inNew, size } of matchingBlocks(old, now)) {
    const start = oldPlaces[inOld] ?? before.length;
    const end = oldPlaces[inOld + size] ?? before.length;
    const newStart = newPlaces[inNew] ?? after.length;
    if (place < start) return last;
    if (place <= end && size) return newStart + place - start;
    last = newPlaces[inNew + size] ?? after.length;
  }
  return last;
}

/** Where each word begins, and where the last one ends. */
function placesOf(words: readonly string[]): number[] {
  let sum = 0;
  return [0, ...words.map((word) => (sum += word.length))];
}
