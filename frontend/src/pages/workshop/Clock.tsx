import type { WorkshopSaid } from "../../api/types/workshop.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { clockWords } from "./clock.ts";
import { useLeft } from "./useWorkshop.ts";

/** What the clock says; once the time is up, that is read aloud. */
export function Clock({ told, isLarge }: { told: WorkshopSaid; isLarge?: boolean }) {
  const { say } = useWords();
  const left = useLeft(told);
  if (left === null) return null;
  const time = clockWords(left);
  const isOver = left < 0;
  const words =
    told.timer.state === "paused"
      ? say("ws_paused", { time })
      : say(isOver ? "ws_over" : "ws_left", { time });
  const item = told.items.find((one) => one.id === told.timer.item);
  return (
    <>
      <span
        role="timer"
        aria-label={say("ws_clock")}
        className={`ws-clock${isLarge ? " ws-clock-large" : ""}${isOver ? " ws-clock-over" : ""}`}
      >
        {words}
      </span>
      <span className="unseen" role="status">
        {isOver ? say("ws_time_up", { title: item?.title ?? "" }) : ""}
      </span>
    </>
  );
}
