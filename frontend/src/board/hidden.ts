/** Which lanes somebody does not want to see: their own choice, kept in their browser. */

/** Where it is kept; the browser's own storage, or a map in tests. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const key = (map: string) => `desirepath.hidden.${map}`;

export function readHidden(shelf: Shelf, map: string): ReadonlySet<string> {
  try {
    const found: unknown = JSON.parse(shelf.getItem(key(map)) ?? "[]");
    return new Set(Array.isArray(found) ? found.filter((one) => typeof one === "string") : []);
  } catch {
    return new Set();
  }
}

export function writeHidden(shelf: Shelf, map: string, hidden: ReadonlySet<string>): void {
  try {
    shelf.setItem(key(map), JSON.stringify([...hidden].sort()));
  } catch {
    // a browser that keeps nothing still shows the board
  }
}
