import { Link } from "wouter";
import { useWords } from "../../ui/words/useWords.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { dayHere, dueWords } from "./due.ts";
import { useMyTasks } from "./useTalk.ts";

const LONGEST = 100;

/** Tasks of who sits here on other maps, by their day. */
export function TasksElsewhere({ session, mapId }: RoomProps) {
  const words = useWords();
  const { data } = useMyTasks(session);
  const found = data?.tasks.filter((one) => one.map !== mapId) ?? [];
  if (!found.length) return null;
  const today = dayHere(new Date());
  return (
    <section>
      <h3>{words.say("task_elsewhere")}</h3>
      <ul className="talk-rows">
        {found.map((one) => (
          <li key={one.thread}>
            <Link href={hrefOf(one.map, "discussion")} dir="auto">
              {shortened(one.text)}
            </Link>
            <p className="small soft">
              <bdi>{[dueWords(words, one.due, today), one.map].filter(Boolean).join(" · ")}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The beginning of a text, as a link is called. */
function shortened(text: string): string {
  const letters = [...text];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("")}…` : text;
}
