/** Every field of every kind of card, for the details: what it is called and how it is filled in. */
import type { Card, Kind } from "../doc/board.ts";
import type { PlainKey } from "../ui/words/words.ts";
import { EMOTION } from "./grid.ts";

/** How a field is filled in. */
export type FieldKind =
  | { as: "line" | "lines" | "entry"; isNeeded?: boolean }
  | { as: "list" | "entries" }
  | { as: "flag" }
  | { as: "choice"; choices: readonly (readonly [string, PlainKey])[]; otherwise?: string }
  | { as: "number"; choices: readonly number[] }
  | { as: "share" | "duration" }
  | { as: "persona" | "organization" | "source" | "claim" | "next" | "touchpoints" | "patterns" }
  | { as: "events" | "map" | "picture" };

export interface Field {
  /** Its name, with dots within. */
  readonly name: string;
  readonly words: PlainKey;
  readonly kind: FieldKind;
  readonly hint?: PlainKey;
}

const line: FieldKind = { as: "line" };
const lines: FieldKind = { as: "lines" };
const list: FieldKind = { as: "list" };
const name: Field = { name: "name", words: "field_name", kind: { as: "line", isNeeded: true } };
const organization: Field = {
  name: "organization",
  words: "field_organization",
  kind: { as: "organization" },
};
const owner: Field = { name: "owner", words: "field_owner", kind: line };
const picture: Field = { name: "image", words: "picture", kind: { as: "picture" } };

const MAP: readonly Field[] = [
  { name: "title", words: "field_title", kind: { as: "line", isNeeded: true } },
  { name: "description", words: "field_description", kind: lines },
  { name: "trigger", words: "field_trigger", kind: line },
  { name: "goal.text", words: "field_goal", kind: line },
  { name: "goal.success", words: "field_success", kind: { as: "patterns" } },
  { name: "goal.failure", words: "field_failure", kind: { as: "patterns" } },
  { name: "scope.starts", words: "field_starts", kind: line },
  { name: "scope.ends", words: "field_ends", kind: line },
  { name: "scope.project_covers", words: "field_covers", kind: list },
  { name: "purpose.why", words: "field_why", kind: lines },
  { name: "purpose.business_result", words: "field_business_result", kind: lines },
  { name: "purpose.customer_result", words: "field_customer_result", kind: lines },
  { name: "purpose.used_by", words: "field_used_by", kind: list },
  owner,
  { name: "tags", words: "field_tags", kind: list },
  { name: "review_every", words: "field_review_every", kind: { as: "duration" } },
  {
    name: "status",
    words: "field_status",
    kind: {
      as: "choice",
      otherwise: "draft",
      choices: [
        ["draft", "status_draft"],
        ["researching", "status_researching"],
        ["live", "status_live"],
        ["retired", "status_retired"],
      ],
    },
  },
  {
    name: "view",
    words: "field_view",
    kind: {
      as: "choice",
      otherwise: "experience",
      choices: [
        ["experience", "view_experience"],
        ["touchpoint", "view_touchpoint"],
        ["blueprint", "view_blueprint"],
        ["lifecycle", "view_lifecycle"],
      ],
    },
  },
  {
    name: "level",
    words: "field_level",
    kind: {
      as: "choice",
      otherwise: "overview",
      choices: [
        ["overview", "level_overview"],
        ["interaction", "level_interaction"],
      ],
    },
  },
  {
    name: "state",
    words: "field_state",
    kind: {
      as: "choice",
      otherwise: "current",
      choices: [
        ["current", "state_current"],
        ["future", "state_future"],
      ],
    },
  },
  {
    name: "relationship",
    words: "field_relationship",
    kind: {
      as: "choice",
      choices: [
        ["new", "relationship_new"],
        ["existing", "relationship_existing"],
        ["both", "relationship_both"],
      ],
    },
  },
  {
    name: "intent",
    words: "field_intent",
    kind: {
      as: "choice",
      choices: [
        ["strategic", "intent_strategic"],
        ["tactical", "intent_tactical"],
      ],
    },
  },
];
const STAGE: readonly Field[] = [name, { name: "goal", words: "field_stage_goal", kind: line }];
const STEP: readonly Field[] = [
  name,
  { name: "moment_of_truth", words: "moment_of_truth", kind: { as: "flag" } },
  organization,
  owner,
  { name: "touchpoints", words: "lane_touchpoints", kind: { as: "touchpoints" } },
  { name: "next", words: "field_next", kind: { as: "next" } },
  { name: "detail", words: "field_detail", kind: { as: "map" } },
  { name: "events", words: "field_events", kind: { as: "events" }, hint: "field_events_hint" },
  picture,
];
const STATEMENT: readonly Field[] = [
  { name: "text", words: "text_of", kind: lines },
  {
    name: "importance",
    words: "field_importance",
    kind: { as: "number", choices: [1, 2, 3, 4, 5] },
  },
  { name: "persona", words: "field_persona", kind: { as: "persona" } },
  {
    name: "status",
    words: "field_belief",
    kind: {
      as: "choice",
      otherwise: "assumption",
      choices: [
        ["assumption", "belief_assumption"],
        ["reasoned", "belief_reasoned"],
        ["supported", "belief_supported"],
      ],
    },
  },
  { name: "source", words: "field_source", kind: { as: "source" } },
  { name: "duration", words: "field_duration", kind: { as: "duration" } },
  { name: "share", words: "field_share", kind: { as: "share" } },
  { name: "claim", words: "field_claim", kind: { as: "claim" }, hint: "field_claim_hint" },
  { name: "evidence", words: "field_evidence", kind: list },
  picture,
];
const SCORE: Field = {
  name: "score",
  words: "field_score",
  kind: { as: "number", choices: [2, 1.5, 1, 0.5, 0, -0.5, -1, -1.5, -2] },
};
const TOUCHPOINT: readonly Field[] = [
  name,
  { name: "channel", words: "field_channel", kind: line },
  owner,
  organization,
  {
    name: "owned",
    words: "field_owned",
    kind: {
      as: "choice",
      choices: [
        ["own", "owned_own"],
        ["partner", "owned_partner"],
        ["paid", "owned_paid"],
        ["earned", "owned_earned"],
        ["customer", "owned_customer"],
      ],
    },
  },
  { name: "online", words: "field_online", kind: { as: "flag" } },
  {
    name: "direction",
    words: "field_direction",
    kind: {
      as: "choice",
      choices: [
        ["to_customer", "direction_to"],
        ["from_customer", "direction_from"],
        ["both", "direction_both"],
      ],
    },
  },
  { name: "promise", words: "lane_promise", kind: { as: "entry" } },
  { name: "expectation", words: "field_expectation", kind: lines },
  { name: "delivery", words: "lane_delivery", kind: lines },
  { name: "technology", words: "lane_technology", kind: list },
  { name: "process", words: "lane_process", kind: line },
  { name: "people", words: "lane_people", kind: list },
  { name: "physical_evidence", words: "lane_physical_evidence", kind: list },
];
const PERSONA: readonly Field[] = [
  name,
  { name: "tagline", words: "field_tagline", kind: line },
  { name: "quote", words: "field_quote", kind: { as: "entry" } },
  { name: "found_us", words: "field_found_us", kind: { as: "entry" } },
  { name: "likes", words: "field_likes", kind: { as: "entries" } },
  { name: "wants_to_achieve", words: "field_wants", kind: { as: "entries" } },
  { name: "heard_before", words: "field_heard", kind: { as: "entry" } },
  { name: "past_experience", words: "field_past", kind: { as: "entry" } },
  { name: "needs", words: "field_needs", kind: { as: "entries" } },
  { name: "pains", words: "lane_pains", kind: { as: "entries" } },
  { name: "gains", words: "lane_gains", kind: { as: "entries" } },
  { name: "channels", words: "lane_channels", kind: list },
];
const ORGANIZATION: readonly Field[] = [name, { name: "role", words: "field_role", kind: line }];

const OF: Readonly<Record<Kind, readonly Field[]>> = {
  map: MAP,
  stage: STAGE,
  step: STEP,
  statement: STATEMENT,
  touchpoint: TOUCHPOINT,
  persona: PERSONA,
  organization: ORGANIZATION,
  lane: [],
};

/** The fields of a kind of card. */
export function fieldsOfKind(kind: Kind): readonly Field[] {
  return kind === "statement" ? [SCORE, ...STATEMENT] : OF[kind];
}

/** The fields of a card, in the order in which they are asked for. */
export function fieldsOf(card: Card): readonly Field[] {
  const { kind, lane } = card;
  if (kind !== "statement" || lane !== EMOTION) return OF[kind];
  const [text, ...rest] = STATEMENT;
  return text ? [SCORE, text, ...rest] : STATEMENT;
}
