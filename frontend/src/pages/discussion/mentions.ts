/** Mentions in comments: kept by account as `<@id>`, typed and shown by name as `@Name`. */

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A piece of a comment: plain words, or somebody's name. */
export interface Piece {
  readonly text: string;
  readonly isName: boolean;
}

const TOKEN = /<@([0-9a-f]{16})>/g;
const LONGEST_TYPED = 40;
const MOST_MATCHES = 6;

/** A comment in pieces, its mentions by name; tokens of nobody known stay as they were typed. */
export function piecesOf(text: string, people: readonly Named[]): Piece[] {
  const found: Piece[] = [];
  let done = 0;
  for (const token of text.matchAll(TOKEN)) {
    const who = people.find((one) => one.id === token[1]);
    if (!who) continue;
    if (token.index > done) found.push({ text: text.slice(done, token.index), isName: false });
    found.push({ text: `@${who.name}`, isName: true });
    done = token.index + token[0].length;
  }
  if (done < text.length) found.push({ text: text.slice(done), isName: false });
  return found;
}

/** A comment as its author types it. */
export function typedOf(text: string, people: readonly Named[]): string {
  return piecesOf(text, people)
    .map((one) => one.text)
    .join("");
}

/** What was typed, with names after an @ as tokens; the longest name that fits counts. */
export function keptOf(typed: string, people: readonly Named[]): string {
  const longest = [...people].sort((one, other) => other.name.length - one.name.length);
  let kept = "";
  let at = 0;
  while (at < typed.length) {
    const isStart = typed[at] === "@" && !isWord(typed[at - 1]);
    const who = isStart
      ? longest.find(
          ({ name }) =>
            name && typed.startsWith(name, at + 1) && !isWord(typed[at + 1 + name.length]),
        )
      : undefined;
    kept += who ? `<@${who.id}>` : typed[at];
    at += who ? who.name.length + 1 : 1;
  }
  return kept;
}

/** The name that is being typed before the caret, without its @; null where none is. */
export function typingOf(typed: string, caret: number): string | null {
  const before = typed.slice(0, caret);
  const at = before.lastIndexOf("@");
  if (at < 0 || isWord(before[at - 1])) return null;
  const name = before.slice(at + 1);
  return name.length <= LONGEST_TYPED && !name.includes("\n") ? name : null;
}

/** People whose name, or a part of it, begins as it is typed; none where it is written out. */
export function matchesOf(people: readonly Named[], typing: string | null): Named[] {
  if (typing === null) return [];
  const begun = typing.toLocaleLowerCase();
  return people
    .filter(({ name }) => {
      const whole = name.toLocaleLowerCase();
      if (begun.startsWith(whole)) return false;
      return whole.startsWith(begun) || whole.includes(` ${begun}`);
    })
    .slice(0, MOST_MATCHES);
}

/** What was typed with the name before the caret written out, and where the caret is then. */
export function completed(typed: string, caret: number, name: string): [string, number] {
  const at = typed.slice(0, caret).lastIndexOf("@");
  const head = `${typed.slice(0, at)}@${name} `;
  return [head + typed.slice(caret).replace(/^ /, ""), head.length];
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}_]/u.test(letter);
}
