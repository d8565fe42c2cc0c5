/** Words for what stands in the audit trail. */
import type { PlainKey, Words } from "../../ui/words/words.ts";

const DEEDS: Readonly<Record<string, PlainKey>> = {
  "session.begun": "act_session_begun",
  "person.added": "act_person_added",
  "person.changed": "act_person_changed",
  "token.made": "act_token_made",
  "key.ended": "act_key_ended",
  "link.made": "act_link_made",
  "link.ended": "act_link_ended",
  "map.made": "act_map_made",
  "map.exported": "act_map_exported",
  "map.imported": "act_map_imported",
  "server.exported": "act_server_exported",
  "version.named": "act_version_named",
  "version.restored": "act_version_restored",
  "job.asked": "act_job_asked",
  "job.cancelled": "act_job_cancelled",
  "job.scheduled": "act_job_scheduled",
  "source.sent": "act_source_sent",
  "source.kept": "act_source_kept",
  "source.changed": "act_source_changed",
  "source.removed": "act_source_removed",
  "page.made": "act_page_made",
  "page.ended": "act_page_ended",
  "quote.released": "act_quote_released",
  "quote.taken_back": "act_quote_taken_back",
  "series.made": "act_series_made",
  "series.changed": "act_series_changed",
  "series.removed": "act_series_removed",
  "numbers.given": "act_numbers_given",
  "numbers.removed": "act_numbers_removed",
  "change.noted": "act_change_noted",
  "change.removed": "act_change_removed",
  "workshop.planned": "act_workshop_planned",
  "vote.begun": "act_vote_begun",
  "vote.closed": "act_vote_closed",
  "vote.revealed": "act_vote_revealed",
  "vote.kept": "act_vote_kept",
  "vote.removed": "act_vote_removed",
  "notes.added": "act_notes_added",
  "notes.put": "act_notes_put",
  "notes.removed": "act_notes_removed",
  "story_link.made": "act_story_link_made",
  "story_link.ended": "act_story_link_ended",
  "story.accepted": "act_story_accepted",
  "story.rejected": "act_story_rejected",
  "story.removed": "act_story_removed",
  "told.exported": "act_told_exported",
  "comment.deleted": "act_comment_deleted",
  "thread.done": "act_thread_done",
  "thread.opened": "act_thread_opened",
  "task.given": "act_task_given",
  "task.changed": "act_task_changed",
  "task.done": "act_task_done",
  "task.opened": "act_task_opened",
  "task.taken_away": "act_task_taken_away",
  "proposal.made": "act_proposal_made",
  "proposal.accepted": "act_proposal_accepted",
  "proposal.rejected": "act_proposal_rejected",
  "proposal.withdrawn": "act_proposal_withdrawn",
};

const US_PER_MS = 1000;
const FACTS = [
  "author",
  "by",
  "days",
  "due",
  "edit",
  "every",
  "events",
  "from",
  "hour",
  "item",
  "items",
  "job",
  "key",
  "kind",
  "lanes",
  "layers",
  "link",
  "name",
  "notes",
  "numbers",
  "organization",
  "page",
  "person",
  "proposal",
  "quote",
  "role",
  "seq",
  "source",
  "statements",
  "story",
  "suspended",
  "title",
  "token",
  "vote",
] as const;
const CHOICES: Readonly<Record<string, PlainKey>> = {
  viewer: "role_viewer",
  commenter: "role_commenter",
  editor: "role_editor",
  facilitator: "role_facilitator",
  administrator: "role_administrator",
  belief: "public_layer_belief",
  verdicts: "public_layer_verdicts",
  numbers: "public_layer_numbers",
  emotion: "public_layer_emotion",
  quotes: "public_layer_quotes",
  backstage: "public_layer_backstage",
  choice: "ws_kind_choice",
  dots: "ws_kind_dots",
  score: "ws_kind_score",
  apart: "ws_kind_apart",
  check: "kind_check",
  analyze: "kind_analyze",
  discover: "kind_discover",
  compare: "kind_compare",
  activities: "kind_activities",
  events: "data_events",
  feedback: "data_feedback",
  daily: "schedule_daily",
  weekly: "schedule_weekly",
  monthly: "schedule_monthly",
};

/** All actions with words, for a choice. */
export const ACTIONS: readonly string[] = Object.keys(DEEDS);

/** What somebody did, in words; its own name where it has none. */
export function deedWords(say: Words["say"], action: string): string {
  const key = DEEDS[action];
  return key ? say(key) : action.replaceAll(".", ": ").replaceAll("_", " ");
}

/** What else is known of it: "role: editor, days: 30". */
export function detailWords(words: Words, detail: unknown): string {
  if (typeof detail !== "object" || detail === null) return "";
  return Object.entries(detail)
    .filter(([, value]) => value !== "" && value !== null && value !== false)
    .map(([key, value]) => factWords(words, key, value))
    .join(", ");
}

function factWords({ say, time }: Words, key: string, value: unknown): string {
  const isTime = key.endsWith("_us") && typeof value === "number";
  const name = FACTS.find((one) => one === key);
  const label = isTime ? say("audit_of_when") : name ? say(`audit_of_${name}`) : key;
  if (isTime) return `${label}: ${time(value / US_PER_MS)}`;
  if (value === true) return label;
  return `${label}: ${String(value)
    .split(", ")
    .map((one) => choiceWords(say, one))
    .join(", ")}`;
}

/** A choice as the page calls it on which it is made; other values as they are. */
function choiceWords(say: Words["say"], value: string): string {
  const found = CHOICES[value];
  return found ? say(found) : value;
}
