/** Several statements in one cell of a spreadsheet: a line each, with the score before its words. */
import type { Json } from "../model/json.ts";

/** What a line of a cell says. */
export interface Said {
  readonly text: string;
  readonly score: number | null;
}

const BULLET = "• ";
const ANY_BULLET = /^(?:[•·‣▪*–-]|\d{1,2}[.)])\s+/u;
const SCORE = /^([+\-\u2212]?\d+(?:[.,]\d+)?)\s*(?::\s*([\s\S]*))?$/;
// A spreadsheet would take these for formulas.
const FORMULA = /^[=+\-\u2212@]/;
const LITERAL = /^'(?=[=+\-\u2212@'\d•·‣▪*–])/u;
const LOWEST = -2;
const HIGHEST = 2;

/** The text of a cell. */
export function cellOf(said: readonly Said[], isScored: boolean): string {
  const lines = said.map((one) => lineOf(one, isScored));
  if (!lines.some((line) => line.includes("\n"))) return lines.join("\n");
  // A text of several lines: each begins with a dot, and what follows stands in.
  return lines.map((line) => BULLET + line.replaceAll("\n", "\n  ")).join("\n");
}

function lineOf({ text, score }: Said, isScored: boolean): string {
  if (isScored && score !== null) {
    const number = String(score).replace("-", "\u2212");
    return text ? `${number}: ${text}` : number;
  }
  const isUnclear = isScored && SCORE.test(text);
  return isUnclear || FORMULA.test(text) || LITERAL.test(text) || ANY_BULLET.test(text)
    ? `'${text}`
    : text;
}

/** What a cell says: a statement for each line, or for each dot. */
export function saidIn(cell: string, isScored: boolean): Said[] {
  const lines = cell.split("\n");
  const hasDots = lines.some((line) => ANY_BULLET.test(line));
  const found: string[] = [];
  for (const line of lines) {
    const isNext = hasDots && found.length > 0 && !ANY_BULLET.test(line);
    if (isNext) found.push(`${found.pop()}\n${line.replace(/^ {1,2}/, "")}`);
    else found.push(hasDots ? line.replace(ANY_BULLET, "") : line);
  }
  return found.map((line) => saidOf(line.trim(), isScored)).filter((one) => one !== null);
}

/** A text that stands for itself, also where it looks like a formula or a number. */
export function literal(text: string): string {
  return LITERAL.test(text) ? text.slice(1) : text;
}

function saidOf(line: string, isScored: boolean): Said | null {
  if (!line) return null;
  if (LITERAL.test(line)) return { text: literal(line), score: null };
  const found = isScored ? SCORE.exec(line) : null;
  const score = Number((found?.[1] ?? "").replace("\u2212", "-").replace(",", "."));
  if (!found || score < LOWEST || score > HIGHEST) return { text: line, score: null };
  return { text: found[2]?.trim() ?? "", score };
}

/** The fields of a statement. */
export function fieldsOf({ text, score }: Said): Readonly<Record<string, Json>> {
  return { ...(text ? { text } : {}), ...(score === null ? {} : { score }) };
}
