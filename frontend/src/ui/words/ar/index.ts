import type { Entry } from "../catalogue.ts";
import type { en } from "../en/index.ts";

export const ar: Readonly<Partial<Record<keyof typeof en, Entry>>> = {};
