import { Link } from "wouter";
import type { ApartSaid } from "../../api/types/votes.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import { disagreeWords, sideWords, sureWords } from "./apartWords.ts";

const US_PER_MS = 1000;

/** What departments have scored a card with, below its details on the board. */
export function ApartNote({ mapId, one }: { mapId: string; one: ApartSaid }) {
  const words = useWords();
  const { say, date } = words;
  return (
    <section className="talk-card" aria-labelledby="apart-title">
      <h3 id="apart-title">{disagreeWords(words, one) || say("ws_scoring")}</h3>
      <ul className="talk-small">
        {one.apart.sides.map((side) => (
          <li key={side.department} dir="auto">
            {sideWords(words, side, one.measure)}
          </li>
        ))}
      </ul>
      <p className="small soft">
        {sureWords(words, one.apart)}{" "}
        {say("ws_vote_revealed", { when: date(one.revealed_us / US_PER_MS) })}.{" "}
        <Link href={`${hrefOf(mapId, "workshop")}/scoring`}>{say("ws_apart_link")}</Link>
      </p>
    </section>
  );
}
