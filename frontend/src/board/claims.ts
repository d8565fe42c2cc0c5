/** Kinds of claims and what each needs, as the server's model has them. */
import { isObject, type Json, type JsonObject } from "../model/json.ts";
import type { PlainKey } from "../ui/words/words.ts";

export type PartKind = "share" | "duration" | "text" | "number" | "step" | "effect";

export interface ClaimPart {
  readonly name: string;
  readonly words: PlainKey;
  readonly kind: PartKind;
  readonly isNeeded: boolean;
}

const part = (name: string, words: PlainKey, kind: PartKind, isNeeded = false): ClaimPart => ({
  name,
  words,
  kind,
  isNeeded,
});
const BOUNDS = [
  part("at_least", "claim_at_least", "share"),
  part("at_most", "claim_at_most", "share"),
];
const TIMES = [
  part("typical_at_most", "claim_typical_at_most", "duration"),
  part("typical_at_least", "claim_typical_at_least", "duration"),
  part("p90_at_most", "claim_p90_at_most", "duration"),
  part("p90_at_least", "claim_p90_at_least", "duration"),
];

export const CLAIMS = {
  reach: BOUNDS,
  order: [part("after", "claim_after", "step", true), ...BOUNDS],
  next: [part("step", "claim_step", "step", true), ...BOUNDS],
  share: [
    part("activity", "claim_activity", "text", true),
    part("channel", "claim_in_channel", "text"),
    ...BOUNDS,
  ],
  time: [part("to", "claim_to", "text", true), ...TIMES],
  score: [
    part("measure", "claim_measure", "text"),
    part("at_least", "claim_at_least", "number"),
    part("at_most", "claim_at_most", "number"),
    part("about", "claim_about", "number"),
  ],
  mentions: [part("theme", "claim_theme", "text", true), ...BOUNDS],
  effect: [part("goal", "claim_more", "effect", true), part("activity", "claim_activity", "text")],
  goal: BOUNDS,
  channel: [part("channel", "claim_in_channel", "text", true), ...BOUNDS],
} as const satisfies Record<string, readonly ClaimPart[]>;

export type ClaimKind = keyof typeof CLAIMS;
export const CLAIM_KINDS = [
  "reach",
  "order",
  "next",
  "share",
  "time",
  "score",
  "mentions",
  "effect",
  "goal",
  "channel",
] as const satisfies readonly ClaimKind[];

/** The kind of a claim, "" where there is none. */
export function claimKind(claim: Json | undefined): ClaimKind | "" {
  if (!isObject(claim)) return "";
  return CLAIM_KINDS.find((kind) => kind in claim) ?? "";
}

/** What a claim says, as texts. */
export function claimTexts(claim: Json | undefined): Readonly<Record<string, string>> {
  const kind = claimKind(claim);
  const inside = kind && isObject(claim) ? claim[kind] : undefined;
  if (!isObject(inside)) return {};
  return Object.fromEntries(Object.entries(inside).map(([name, value]) => [name, String(value)]));
}

/** The claim of texts; null as long as something it needs is missing. */
export function claimOf(
  kind: ClaimKind,
  texts: Readonly<Record<string, string>>,
): JsonObject | null {
  const inside: Record<string, Json> = {};
  for (const { name, kind: as, isNeeded } of CLAIMS[kind]) {
    const text = (texts[name] ?? "").trim();
    if (!text && isNeeded) return null;
    if (text) inside[name] = as === "number" ? Number(text.replace(",", ".")) : text;
  }
  const bounds = CLAIMS[kind].filter((one) => one.kind === "share" || one.kind === "duration");
  const given = bounds.filter(({ name }) => name in inside).length;
  if (bounds.length > 0 && kind !== "order" && given === 0) return null;
  if (kind === "time" && given !== 1) return null;
  if (Object.values(inside).some((value) => Number.isNaN(value))) return null;
  return { [kind]: inside };
}
