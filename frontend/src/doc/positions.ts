/** Places in a row as text: between any two there is always room for one more. */

import { EditRefused } from "./refused.ts";

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FIRST = "a0";
const SMALLEST_WHOLE = `A${"0".repeat(26)}`;
const POSITION = /^[A-Za-z][0-9A-Za-z]*$/;

/**
 * A position that sorts after one and before another; both compare as plain text.
 *
 * A position is a whole number whose first letter tells its length, and a fraction. So a thousand
 * appended items have three or four letters each, and two can always be parted.
 *
 * @param before The one to the left, "" for none.
 * @param after The one to the right, "" for none.
 * @throws EditRefused E129 if one is not a position, or they are not in order.
 */
export function positionBetween(before: string, after: string): string {
  for (const one of [before, after]) if (one) checkPosition(one);
  if (before && after && before >= after) {
    throw new EditRefused("E129", `the position "${before}" does not come before "${after}"`);
  }
  if (!before) return after ? positionBefore(after) : FIRST;
  if (!after) return positionAfter(before);
  return parting(before, after);
}

/** Positions of a whole row. */
export function positions(count: number): string[] {
  const found: string[] = [];
  for (let n = 0; n < count; n += 1) found.push(positionBetween(found.at(-1) ?? "", ""));
  return found;
}

/**
 * Nothing where a text is a position.
 *
 * @throws EditRefused E129 if it is not.
 */
export function checkPosition(text: string): void {
  const isWhole = POSITION.test(text) && text.length >= wholeLength(text.charAt(0));
  if (!isWhole || fraction(text).endsWith("0") || text === SMALLEST_WHOLE) {
    throw new EditRefused("E129", `"${text}" is not a position in a row`);
  }
}

/** Characters of the whole number: b2 … z27 upwards, Z2 … A27 downwards. */
function wholeLength(letter: string): number {
  if (letter >= "a") return letter.charCodeAt(0) - "a".charCodeAt(0) + 2;
  return "Z".charCodeAt(0) - letter.charCodeAt(0) + 2;
}

function whole(position: string): string {
  return position.slice(0, wholeLength(position.charAt(0)));
}

function fraction(position: string): string {
  return position.slice(wholeLength(position.charAt(0)));
}

function positionBefore(after: string): string {
  const number = whole(after);
  if (number === SMALLEST_WHOLE) return number + middle("", fraction(after));
  return number < after ? number : counted(number, -1);
}

function positionAfter(before: string): string {
  const number = whole(before);
  return counted(number, 1) || number + middle(fraction(before), "");
}

function parting(before: string, after: string): string {
  const number = whole(before);
  if (number === whole(after)) return number + middle(fraction(before), fraction(after));
  const larger = counted(number, 1);
  if (larger && larger < after) return larger;
  return number + middle(fraction(before), "");
}

/** Shortest fraction between two; "" as the upper one stands for 1. */
function middle(low: string, high: string): string {
  let shared = 0;
  while (shared < high.length && (low.charAt(shared) || "0") === high.charAt(shared)) shared += 1;
  if (shared) return high.slice(0, shared) + middle(low.slice(shared), high.slice(shared));
  const first = low ? DIGITS.indexOf(low.charAt(0)) : 0;
  const last = high ? DIGITS.indexOf(high.charAt(0)) : DIGITS.length;
  if (last - first > 1) return DIGITS.charAt((first + last + 1) >> 1);
  if (high.length > 1) return high.charAt(0);
  return DIGITS.charAt(first) + middle(low.slice(1), "");
}

/** The whole number one larger or smaller; "" beyond the largest. */
function counted(number: string, by: 1 | -1): string {
  const letter = number.charAt(0);
  const digits = [...number.slice(1)];
  const [edge, fresh] = by > 0 ? ["z", "0"] : ["0", "z"];
  let place = digits.length - 1;
  while (place >= 0 && digits[place] === edge) {
    digits[place] = fresh;
    place -= 1;
  }
  if (place < 0) return otherLength(letter, by);
  digits[place] = DIGITS.charAt(DIGITS.indexOf(digits[place] ?? "") + by);
  return letter + digits.join("");
}

function otherLength(letter: string, by: 1 | -1): string {
  if (letter === "z" && by === 1) return "";
  const over = letter === "Z" && by === 1 ? "a" : letter === "a" && by === -1 ? "Z" : "";
  const step = over || String.fromCharCode(letter.charCodeAt(0) + by);
  return step + (by > 0 ? "0" : "z").repeat(wholeLength(step) - 1);
}
