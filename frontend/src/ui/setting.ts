import { useSyncExternalStore } from "react";

/** One choice of a person, kept in their browser. */
export class Setting<T extends string> {
  readonly name: string;
  readonly choices: readonly T[];
  #now: T;
  #listeners = new Set<() => void>();

  /** A choice by its name, what can be chosen, and what holds before anything was. */
  constructor(name: string, choices: readonly T[], first: T) {
    this.name = `desirepath.${name}`;
    this.choices = choices;
    this.#now = choices.find((one) => one === kept(this.name)) ?? first;
  }

  now = (): T => this.#now;

  choose(value: T): void {
    this.#now = value;
    try {
      localStorage.setItem(this.name, value);
    } catch {
      // a browser that keeps nothing: the choice holds until the page is closed
    }
    for (const one of this.#listeners) one();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** The choice as it stands, and how to choose again. */
export function useSetting<T extends string>(setting: Setting<T>): [T, (value: T) => void] {
  const now = useSyncExternalStore(setting.subscribe, setting.now);
  return [now, (value) => setting.choose(value)];
}
