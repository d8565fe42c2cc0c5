/** Days by which tasks are to be done, as the calendar of the reader has them. */
import type { PlainKey, Words } from "../../ui/words/words.ts";

export type Due = "later" | "today" | "overdue";

/** The day of a moment where the reader is, as ISO 8601 writes it. */
export function dayHere(at: Date): string {
  const parts = [at.getFullYear(), at.getMonth() + 1, at.getDate()];
  const [year, month, day] = parts.map((one) => String(one).padStart(2, "0"));
  return `${year}-${month}-${day}`;
}

/** How a day stands to today; both as ISO 8601 writes them. */
export function dueOf(day: string, today: string): Due {
  if (day === today) return "today";
  return day < today ? "overdue" : "later";
}

/** The same in words; "" for no day. */
export function dueWords(words: Pick<Words, "say" | "day">, day: string, today: string): string {
  if (!day) return "";
  const due = dueOf(day, today);
  if (due === "today") return words.say("task_today");
  return words.say(due === "overdue" ? "task_overdue" : "task_by", { day: words.day(day) });
}

/** To whom a task is given, where no name says it. */
export function givenKey(task: { is_mine: boolean; is_given: boolean }): PlainKey {
  if (task.is_mine) return "task_mine";
  return task.is_given ? "task_given_team" : "task_given_nobody";
}
