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
  "comment.deleted": "act_comment_deleted",
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

/** All actions with words, for a choice. */
export const ACTIONS: readonly string[] = Object.keys(DEEDS);

/** What somebody did, in words; its own name where it has none. */
export function deedWords(say: Words["say"], action: string): string {
  const key = DEEDS[action];
  return key ? say(key) : action.replaceAll(".", ": ").replaceAll("_", " ");
}

/** What else is known of it: "role: editor, days: 30". */
export function detailWords(detail: unknown): string {
  if (typeof detail !== "object" || detail === null) return "";
  return Object.entries(detail)
    .filter(([, value]) => value !== "" && value !== null && value !== false)
    .map(([key, value]) => (value === true ? key : `${key}: ${String(value)}`))
    .join(", ");
}
