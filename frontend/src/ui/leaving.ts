/** Where the app is; where words would be lost, it stays until somebody says that they may be. */
export class Leaving {
  readonly #read: () => string;
  readonly #go: (address: string) => void;
  #at: string;
  #wanted: string | null = null;
  readonly #words = new Set<() => boolean>();
  readonly #listeners = new Set<() => void>();

  /** Reads the address of the window, and goes to one. */
  constructor(read: () => string, go: (address: string) => void) {
    this.#read = read;
    this.#go = go;
    this.#at = read();
  }

  /** Where the app is. */
  at = (): string => this.#at;

  /** Where somebody wants to go, while they are asked; null where nothing is asked. */
  wanted = (): string | null => this.#wanted;

  /** Hold words that are not kept yet: says whether there are any. Returns how to hold them no more. */
  hold(hasWords: () => boolean): () => void {
    this.#words.add(hasWords);
    return () => this.#words.delete(hasWords);
  }

  /** The address of the window has changed. */
  heard = (): void => {
    const next = this.#read();
    const isLoss = next !== this.#at && [...this.#words].some((has) => has());
    this.#wanted = isLoss ? next : null;
    if (!isLoss) this.#at = next;
    this.#tell();
  };

  /** The words may be lost. */
  leave(): void {
    if (this.#wanted === null) return;
    this.#at = this.#wanted;
    this.#wanted = null;
    this.#tell();
  }

  /** Stay with the words: the address says again where the app is. */
  stay(): void {
    if (this.#wanted !== null) this.#go(this.#at);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const one of this.#listeners) one();
  }
}

/** Words typed into a part of a page that were not there before. */
export class TypedWords {
  readonly #before = new Map<HTMLInputElement | HTMLTextAreaElement, string>();

  /** Somebody comes to a field. */
  enter(field: EventTarget): void {
    const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    if (isText && !this.#before.has(field)) this.#before.set(field, field.value);
  }

  /** Whether there are any. */
  has = (): boolean =>
    [...this.#before].some(
      ([field, before]) => field.isConnected && field.value.trim() !== "" && field.value !== before,
    );
}
