/** What every field of the model is called, and its values, where people read of them. */
import { KINDS, type Kind } from "../doc/board.ts";
import type { PlainKey, Words } from "../ui/words/words.ts";
import { type Field, fieldsOfKind } from "./fields.ts";

/** Fields that the details do not ask for. */
const FURTHER: Readonly<Record<string, PlainKey>> = {
  brands: "field_brands",
  buying_role: "field_buying_role",
  category: "field_category",
  color: "field_color",
  custom: "field_custom",
  discovered: "field_discovered",
  does: "does",
  evidence: "field_evidence",
  feels: "feels",
  format: "field_format",
  goal: "field_goal",
  id: "field_id",
  image: "picture",
  image_alt: "image_alt",
  jobs: "field_jobs",
  kind: "persona_kind",
  lane: "field_lane",
  lanes: "field_lanes",
  language: "language",
  moment_of_truth: "moment_of_truth",
  new_or_existing: "field_relationship",
  organizations: "panel_organizations",
  origin: "field_origin",
  owner: "field_owner",
  personas: "panel_personas",
  purpose: "field_why",
  reviewed: "field_reviewed",
  role: "field_role",
  says: "says",
  scope: "field_covers",
  segment: "field_segment",
  share: "field_share",
  stages: "field_stages",
  statements: "field_statements",
  steps: "field_steps",
  tags: "field_tags",
  thinks: "thinks",
  touchpoints: "panel_touchpoints",
  traits: "traits",
};
const QUOTED = /^“(.*)”$/s;

/** The words of a field of a kind of element; of a part of it, those of the whole. */
export function fieldKey(kind: string, name: string): PlainKey | null {
  const own = fieldOf(kind, name)?.words ?? FURTHER[name];
  if (own) return own;
  const whole = name.slice(0, Math.max(name.lastIndexOf("."), 0));
  return whole ? fieldKey(kind, whole) : null;
}

/** What a field of an element is called; its own name where this version does not know it. */
export function fieldWords(say: Words["say"], ref: string, name: string): string {
  const key = fieldKey(ref.split(":")[0] ?? "", name);
  return key ? say(key) : name.replaceAll("_", " ").replaceAll(".", " ");
}

/** A value as the server tells it: choices, yes and no in the reader's words, all else as it is. */
export function valueWords(say: Words["say"], ref: string, name: string, value: string): string {
  const field = fieldOf(ref.split(":")[0] ?? "", name)?.kind;
  const plain = QUOTED.exec(value)?.[1] ?? value;
  const choice =
    field?.as === "choice" ? field.choices.find(([known]) => known === plain) : undefined;
  if (choice) return say(choice[1]);
  if (value === "yes" || value === "no") return say(value);
  return value === plain ? value : say("difference_quoted", { text: plain });
}

function fieldOf(kind: string, name: string): Field | undefined {
  const known: Kind | undefined = KINDS.find((one) => one === kind);
  return known && fieldsOfKind(known).find((one) => one.name === name);
}
