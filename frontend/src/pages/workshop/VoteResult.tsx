import { Link } from "wouter";
import type { Apart, Counted, Result, VoteSaid } from "../../api/types/votes.ts";
import { placeHref } from "../../board/evidence/place.ts";
import { useNarrow } from "../../board/view/useNarrow.ts";
import type { Board } from "../../doc/board.ts";
import type { MapSession } from "../../doc/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { Words } from "../../ui/words/words.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { meanWords, sideWords, sureWords } from "./apartWords.ts";
import { signed } from "./BallotForm.tsx";
import { scale, writing } from "./ballots.ts";
import { Scrolled } from "./Scrolled.tsx";

type Props = {
  session: MapSession;
  board: Board | null;
  mapId: string;
  vote: VoteSaid;
  result: Result;
};

/** What was said, once it is revealed. */
export function VoteResult({ session, board, mapId, vote, result }: Props) {
  const { say } = useWords();
  const { asked } = vote;
  const isScore = asked.kind === "score" || asked.kind === "apart";
  const options = [...result.options].sort((one, other) =>
    isScore ? (other.mean ?? -9) - (one.mean ?? -9) : other.dots - one.dots,
  );
  return (
    <>
      <p>{say("ws_result_people", { count: result.people })}</p>
      {asked.kind === "apart" ? (
        <ApartSteps mapId={mapId} vote={vote} result={result} />
      ) : (
        <ol className="ws-results">
          {options.map((one) => (
            <li key={one.key}>
              <Place mapId={mapId} vote={vote} of={one.key} />
              {isScore ? (
                <Scored vote={vote} counted={one} />
              ) : (
                <Dotted vote={vote} counted={one} all={options} />
              )}
            </li>
          ))}
        </ol>
      )}
      {isScore && board ? (
        <Write session={session} board={board} vote={vote} result={result} />
      ) : null}
    </>
  );
}

/** What was voted on, as a link to the card where it is one. */
function Place({ mapId, vote, of }: { mapId: string; vote: VoteSaid; of: string }) {
  const option = vote.asked.options.find((one) => one.key === of);
  const text = <bdi>{option?.text ?? ""}</bdi>;
  return option?.ref ? <Link href={placeHref(mapId, option.ref)}>{text}</Link> : text;
}

type CountedProps = { vote: VoteSaid; counted: Counted };

function Dotted({ vote, counted, all }: CountedProps & { all: readonly Counted[] }) {
  const { say } = useWords();
  const most = Math.max(1, ...all.map((one) => one.dots));
  const key = vote.asked.kind === "choice" ? "ws_votes_on" : "ws_dots_on";
  return (
    <p className="ws-bar-row">
      {counted.dots ? (
        <span className="ws-bar" style={{ inlineSize: `${(counted.dots / most) * 60}%` }} />
      ) : null}
      <span>{say(key, { count: counted.dots })}</span>
    </p>
  );
}

function Scored({ vote, counted }: CountedProps) {
  const words = useWords();
  const { say } = words;
  const levels = scale(vote.asked);
  const most = Math.max(1, ...counted.levels);
  return (
    <div className="ws-scored">
      <span>{scoreWords(words, vote, counted)}</span>
      <ul className="ws-columns" aria-label={say("ws_levels")}>
        {counted.levels.map((count, n) => {
          const score = signed(levels[n] ?? 0, vote.asked.measure);
          return (
            <li key={score}>
              <span className="unseen">{say("ws_level", { score, count })}</span>
              <span
                aria-hidden="true"
                className="ws-column"
                style={{ blockSize: `${(count / most) * 2}rem` }}
              />
              <span aria-hidden="true">{score}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function scoreWords(words: Words, vote: VoteSaid, counted: Counted): string {
  const { mean, spread, people } = counted;
  if (mean === null || mean === undefined) return words.say("ws_score_none");
  const told = meanWords(words, mean, vote.asked.measure);
  if (spread === null || spread === undefined)
    return words.say("ws_score_one", { mean: told, n: people });
  const values = {
    mean: told,
    spread: words.number(spread, { maximumFractionDigits: 1 }),
    n: people,
  };
  return words.say("ws_score_told", values);
}

type ApartProps = { mapId: string; vote: VoteSaid; result: Result };

/** Departments beside each other, the widest apart first; on a narrow screen a list. */
function ApartSteps(props: ApartProps) {
  const { vote, result } = props;
  const { say } = useWords();
  const isNarrow = useNarrow();
  if (!result.apart.length) {
    return <p>{say(vote.hidden ? "ws_apart_hidden" : "ws_apart_one")}</p>;
  }
  return (
    <>
      {isNarrow ? <ApartList {...props} /> : <ApartTable {...props} />}
      {vote.hidden ? <Notice kind="warning">{say("ws_apart_hidden")}</Notice> : null}
    </>
  );
}

function ApartTable({ mapId, vote, result }: ApartProps) {
  const words = useWords();
  const { say } = words;
  return (
    <Scrolled label={say("ws_apart")}>
      <table className="ws-table">
        <caption>{say("ws_apart")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("ws_apart_step")}</th>
            <th scope="col">{say("ws_apart_sides")}</th>
            <th scope="col">{say("ws_apart_distance")}</th>
            <th scope="col">{say("ws_apart_sure")}</th>
          </tr>
        </thead>
        <tbody>
          {result.apart.map((one) => (
            <tr key={one.key}>
              <th scope="row">
                <Place mapId={mapId} vote={vote} of={one.key} />
              </th>
              <td>
                <Sides vote={vote} one={one} />
              </td>
              <td>{distanceWords(words, one)}</td>
              <td>{sureWords(words, one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrolled>
  );
}

function ApartList({ mapId, vote, result }: ApartProps) {
  const words = useWords();
  const { say } = words;
  return (
    <>
      <h4>{say("ws_apart")}</h4>
      <ol className="ws-results">
        {result.apart.map((one) => (
          <li key={one.key}>
            <Place mapId={mapId} vote={vote} of={one.key} />
            <Sides vote={vote} one={one} />
            <p className="soft">
              {say("ws_apart_distance")} {distanceWords(words, one)}. {sureWords(words, one)}
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}

function Sides({ vote, one }: { vote: VoteSaid; one: Apart }) {
  const words = useWords();
  return (
    <ul>
      {one.sides.map((side) => (
        <li key={side.department} dir="auto">
          {sideWords(words, side, vote.asked.measure)}
        </li>
      ))}
    </ul>
  );
}

function distanceWords({ number }: Words, one: Apart): string {
  return number(one.distance, { maximumFractionDigits: 1 });
}

type WriteProps = { session: MapSession; board: Board; vote: VoteSaid; result: Result };

/** Write averages onto the cards, as an edit that can be undone. */
function Write({ session, board, vote, result }: WriteProps) {
  const { say } = useWords();
  const { me } = useMe();
  const found = writing(board, vote.asked, result, Math.random);
  if (!found || !isAtLeast(me, "editor") || me.lanes.length) return null;
  const [, count] = found;
  const write = () => {
    // Made anew: a random id is used once.
    const made = writing(board, vote.asked, result, Math.random);
    if (!made || !session.edit(made[0])) return;
    const act = { words: say("undo"), do: () => session.undo() };
    tell({ words: say("ws_written", { count: made[1] }), act });
  };
  return (
    <div className="ws-keep">
      <Button icon="pen" onPress={write}>
        {say("ws_write")}
      </Button>
      <p className="soft">{say("ws_write_more", { count })}</p>
    </div>
  );
}
