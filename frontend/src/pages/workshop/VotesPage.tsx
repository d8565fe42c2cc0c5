import { useState, useSyncExternalStore } from "react";
import { call } from "../../api/calls.ts";
import type { VoteSaid, VotesSaid } from "../../api/types/votes.ts";
import type { MapSession } from "../../doc/session.ts";
import { Button } from "../../ui/Button.tsx";
import { AskDialog } from "../../ui/Dialog.tsx";
import { Empty, Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { BallotForm } from "./BallotForm.tsx";
import { NewVote } from "./NewVote.tsx";
import { useOfWorkshop } from "./useWorkshop.ts";
import { VoteResult } from "./VoteResult.tsx";

const US_PER_MS = 1000;
const FEW = 3;

/** Votes of a map: dots, choices and scores. */
export function VotesPage(props: RoomProps) {
  return <VoteList {...props} isApart={false} />;
}

/** Rounds in which departments score the same steps apart. */
export function ScoringPage(props: RoomProps) {
  return <VoteList {...props} isApart />;
}

function VoteList({ session, mapId, isApart }: RoomProps & { isApart: boolean }) {
  const { say } = useWords();
  const { me } = useMe();
  const { data, error, again } = useOfWorkshop<VotesSaid>(session, mapId, "votes");
  const [isOpen, setOpen] = useState(false);
  const leads = isAtLeast(me, "facilitator");
  const votes = data?.votes.filter((one) => (one.asked.kind === "apart") === isApart) ?? [];
  const begin = (
    <Button weight="primary" icon="add" onPress={() => setOpen(true)}>
      {say(isApart ? "ws_scoring_new" : "ws_vote_new")}
    </Button>
  );
  return (
    <>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data && !votes.length ? (
        <Empty title={say(isApart ? "ws_scoring_none" : "ws_votes_none")}>
          <p>{say(isApart ? "ws_scoring_none_more" : "ws_votes_none_more")}</p>
          {leads ? <p>{begin}</p> : null}
        </Empty>
      ) : null}
      {leads && votes.length ? <p>{begin}</p> : null}
      {votes.map((one) => (
        <OneVote key={one.id} session={session} mapId={mapId} vote={one} again={again} />
      ))}
      {isOpen ? (
        <NewVote
          session={session}
          mapId={mapId}
          isApart={isApart}
          onClose={() => {
            setOpen(false);
            again();
          }}
        />
      ) : null}
    </>
  );
}

type VoteProps = { session: MapSession; mapId: string; vote: VoteSaid; again: () => void };

function OneVote({ session, mapId, vote, again }: VoteProps) {
  const { say } = useWords();
  const { me } = useMe();
  const isOpen = vote.state === "open";
  const board = useSyncExternalStore(session.subscribe, session.getSnapshot).board;
  return (
    <article className="ws-vote" aria-labelledby={`vote-${vote.id}`}>
      <h3 id={`vote-${vote.id}`}>
        <bdi>{vote.asked.question}</bdi>
      </h3>
      <p className="soft">
        <StateWords vote={vote} />
        {vote.result ? null : <> · {say("ws_voted", { count: vote.voted })}</>}
      </p>
      {vote.guests ? (
        <p className="soft">
          {say("ws_vote_guests", { guests: vote.guests })}{" "}
          {say("ws_vote_entries", { count: vote.entries ?? 0 })}
        </p>
      ) : null}
      {vote.elsewhere ? <Notice>{say("ws_vote_elsewhere")}</Notice> : null}
      {isOpen && !vote.elsewhere && isAtLeast(me, "commenter") ? (
        <BallotForm mapId={mapId} vote={vote} again={again} />
      ) : null}
      {isOpen && !isAtLeast(me, "commenter") ? <p>{say("ws_may_not")}</p> : null}
      {vote.result ? (
        <VoteResult
          session={session}
          board={board}
          mapId={mapId}
          vote={vote}
          result={vote.result}
        />
      ) : null}
      {isAtLeast(me, "facilitator") ? <Acts mapId={mapId} vote={vote} again={again} /> : null}
    </article>
  );
}

function StateWords({ vote }: { vote: VoteSaid }) {
  const { say, time } = useWords();
  const when = time(vote.revealed_us / US_PER_MS);
  if (vote.state === "open") return say("ws_vote_open");
  if (vote.state === "closed") return say("ws_vote_closed");
  return say(vote.state === "revealed" ? "ws_vote_revealed" : "ws_vote_kept", { when });
}

/** What facilitators do with a vote. */
function Acts({ mapId, vote, again }: Omit<VoteProps, "session">) {
  const { say } = useWords();
  const { send, error, isSending } = useSending();
  const [asks, setAsks] = useState<"" | "reveal" | "drop">("");
  const path = { map: mapId, vote: vote.id };
  const act = (work: () => Promise<unknown>) =>
    send(async () => {
      await work();
      again();
    });
  return (
    <>
      <div className="ws-row">
        {vote.result ? null : (
          <Button weight="primary" isDisabled={isSending} onPress={() => setAsks("reveal")}>
            {say("ws_reveal")}
          </Button>
        )}
        {vote.state === "open" ? (
          <Button
            isDisabled={isSending}
            onPress={() => act(() => call("POST /api/maps/{map}/votes/{vote}/close", { path }))}
          >
            {say("ws_close_vote")}
          </Button>
        ) : null}
        <Button
          isDisabled={isSending}
          onPress={() => act(() => call("POST /api/maps/{map}/votes/{vote}/repeat", { path }))}
        >
          {say("ws_repeat")}
        </Button>
        <Button weight="quiet" isDisabled={isSending} onPress={() => setAsks("drop")}>
          {say("ws_drop")}
        </Button>
      </div>
      {vote.state === "revealed" && canBeKept(vote) ? (
        <div className="ws-keep">
          <Button
            isDisabled={isSending}
            onPress={() => act(() => call("POST /api/maps/{map}/votes/{vote}/keep", { path }))}
          >
            {say("ws_keep")}
          </Button>
          <p className="soft">{say("ws_keep_more")}</p>
        </div>
      ) : null}
      {error ? <Trouble error={error} /> : null}
      <AskDialog
        title={say("ws_reveal_ask")}
        act={say("ws_reveal")}
        isOpen={asks === "reveal"}
        onOpenChange={() => setAsks("")}
        onAct={() => act(() => call("POST /api/maps/{map}/votes/{vote}/reveal", { path }))}
      >
        {say("ws_reveal_more")}
        {vote.voted < FEW ? <Few count={vote.voted} /> : null}
      </AskDialog>
      <AskDialog
        title={say("ws_drop_ask")}
        act={say("ws_drop")}
        isDanger
        isOpen={asks === "drop"}
        onOpenChange={() => setAsks("")}
        onAct={() => act(() => call("DELETE /api/maps/{map}/votes/{vote}", { path }))}
      >
        {say("ws_drop_more")}
      </AskDialog>
    </>
  );
}

function Few({ count }: { count: number }) {
  const { say } = useWords();
  return <span className="ws-few"> {say("ws_reveal_few", { count })}</span>;
}

function canBeKept(vote: VoteSaid): boolean {
  const { kind, measure } = vote.asked;
  return kind === "apart" && measure === "emotion" && Boolean(vote.result?.apart.length);
}
