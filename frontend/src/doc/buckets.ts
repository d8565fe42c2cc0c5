/** Values by text that never change in place: another version shares almost everything with the last. */

const COUNT = 128; // enough that a map of a thousand cards has a handful in each

export class Buckets<Value> {
  readonly #parts: readonly ReadonlyMap<string, Value>[];

  private constructor(parts: readonly ReadonlyMap<string, Value>[]) {
    this.#parts = parts;
  }

  static of<Value>(entries: Iterable<readonly [string, Value]>): Buckets<Value> {
    const parts: Map<string, Value>[] = Array.from({ length: COUNT }, () => new Map());
    for (const [key, value] of entries) parts[bucket(key)]?.set(key, value);
    return new Buckets(parts);
  }

  get(key: string): Value | undefined {
    return this.#parts[bucket(key)]?.get(key);
  }

  with(key: string, value: Value): Buckets<Value> {
    const parts = [...this.#parts];
    const place = bucket(key);
    parts[place] = new Map<string, Value>(parts[place]).set(key, value);
    return new Buckets<Value>(parts);
  }

  *values(): Generator<Value> {
    for (const part of this.#parts) yield* part.values();
  }
}

function bucket(key: string): number {
  let found = 0;
  for (let place = 0; place < key.length; place += 1) {
    found = (found * 31 + key.charCodeAt(place)) | 0;
  }
  return (found ^ (found >>> 15)) & (COUNT - 1);
}
