/** Tables as they come from spreadsheets: tab-separated text or HTML, read into cells and written. */

/** One cell; of a merged one only the first has its text. */
export interface Cell {
  readonly text: string;
  /** Merged with the cell before it. */
  readonly isAcross: boolean;
  /** Merged with the cell above it. */
  readonly isDown: boolean;
}

export type Cells = readonly (readonly Cell[])[];

const EMPTY: Cell = { text: "", isAcross: false, isDown: false };
const MOST_SPAN = 1000; // what HTML allows
const MOST_CELLS = 100_000;

/** The cell of a place, an empty one beyond the edge. */
export function cellAt(cells: Cells, row: number, column: number): Cell {
  return cells[row]?.[column] ?? EMPTY;
}

/** Cells of tab-separated text, as spreadsheets put it on the clipboard. */
export function cellsOfText(text: string): Cells {
  const rows: Cell[][] = [[]];
  let at = 0;
  const put = (value: string) => rows.at(-1)?.push({ ...EMPTY, text: acting(value.trim()) });
  while (at <= text.length) {
    const [value, end] = text[at] === '"' ? quoted(text, at) : plain(text, at);
    put(value);
    const stop = text[end];
    if (stop === "\t") {
      at = end + 1;
      continue;
    }
    at = end + (stop === "\r" && text[end + 1] === "\n" ? 2 : 1);
    if (at >= text.length) break;
    rows.push([]);
  }
  return rows;
}

/** A quoted cell and where it ends; one whose quotes do not close is plain. */
function quoted(text: string, start: number): readonly [string, number] {
  let value = "";
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return plain(text, start);
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const end = quote + 1;
      const isEnd = end >= text.length || "\t\r\n".includes(text.charAt(end));
      return isEnd ? [value.replace(/\r\n?/g, "\n"), end] : plain(text, start);
    }
    value += '"';
    at = quote + 2;
  }
}

function plain(text: string, start: number): readonly [string, number] {
  let end = start;
  while (end < text.length && !"\t\r\n".includes(text.charAt(end))) end += 1;
  return [text.slice(start, end), end];
}

/** Tab-separated text of rows of texts. */
export function textOfRows(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map(written).join("\t")).join("\n");
}

function written(given: string): string {
  const text = inert(given);
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const FORMULA = /^'*[=+\-@|%＝＋－＠]/;
const NUMBER = /^[-+]?[\d.,]+$/;

/** A text no spreadsheet takes for a formula: behind an apostrophe, which spreadsheets do not show. */
function inert(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** The text that was made inert. */
function acting(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

/** Cells of the first table in HTML, or null where there is none. */
export function cellsOfHtml(html: string): Cells | null {
  const body = html.replace(/<!--[\s\S]*?-->|<(style|script|head)\b[\s\S]*?<\/\1>/gi, "");
  const table = /<table\b[^>]*>([\s\S]*?)<\/table>/i.exec(body)?.[1];
  if (table === undefined) return null;
  const rows: Cell[][] = [];
  let count = 0;
  table
    .split(/<tr\b[^>]*>/i)
    .slice(1)
    .forEach((row, number) => {
      let column = 0;
      for (const part of row.split(/(?=<t[dh]\b)/i)) {
        const found = /^<t[dh]\b([^>]*)>([\s\S]*)$/i.exec(part);
        if (!found) continue;
        while (rows[number]?.[column]) column += 1;
        const [across, down] = [span(found[1], "colspan"), span(found[1], "rowspan")];
        count += across * down;
        if (count > MOST_CELLS) return;
        spread(rows, number, column, across, down, textOfHtml(found[2] ?? ""));
        column += across;
      }
      rows[number] ??= [];
    });
  return rows.map((row) => Array.from(row, (cell) => cell ?? EMPTY));
}

function spread(
  rows: Cell[][],
  row: number,
  column: number,
  across: number,
  down: number,
  text: string,
): void {
  for (let y = 0; y < down; y += 1) {
    for (let x = 0; x < across; x += 1) {
      const line = rows[row + y] ?? [];
      rows[row + y] = line;
      line[column + x] = { text: x || y ? "" : text, isAcross: x > 0, isDown: y > 0 };
    }
  }
}

function span(attributes: string | undefined, name: string): number {
  const found = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, "i").exec(attributes ?? "")?.[1];
  return Math.max(1, Math.min(MOST_SPAN, Number(found ?? 1)));
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
]);

/** The words of HTML: lines where lines break, characters where they are named. */
function textOfHtml(html: string): string {
  return html
    .replace(/\s+/g, " ")
    .replace(/ ?<(?:br|\/p|\/div|\/li)\b[^>]*> ?/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
      if (name) return NAMED.get(String(name).toLowerCase()) ?? all;
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
    })
    .trim();
}
