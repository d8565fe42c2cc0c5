import { useState } from "react";
import { Link } from "wouter";
import { call } from "../../api/calls.ts";
import type { DecisionSent, ItemSaid, ProposalSaid, Refusal } from "../../api/types/proposals.ts";
import { WHY_NOT } from "../../board/whyNot.ts";
import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { Words } from "../../ui/words/words.ts";
import { useAsked, useSending } from "../asked.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { ChangeTold } from "./ChangeTold.tsx";
import { HeadLine } from "./ProposalsPart.tsx";
import { ofMap } from "./useTalk.ts";

const FITTING: readonly ItemSaid["fit"][] = ["fits", "merges", "same"];

/** One proposal: each change before and after, accepted or rejected alone. */
export function ProposalPart({ session, mapId, id }: RoomProps & { id: string }) {
  const { say } = useWords();
  const { me } = useMe();
  const path = { map: mapId, proposal: id };
  const { data, error, again } = useAsked<ProposalSaid>(
    ofMap(mapId, `proposals/${encodeURIComponent(id)}`),
  );
  useNews(session, "proposals", again);
  const [comment, setComment] = useState("");
  const [refused, setRefused] = useState<readonly Refusal[]>([]);
  const sending = useSending();
  const decide = (decisions: readonly DecisionSent[]) =>
    sending.send(async () => {
      const answer = await call("POST /api/maps/{map}/proposals/{proposal}/decisions", {
        path,
        body: { decisions, comment: comment.trim() },
      });
      setRefused(answer.refused);
      setComment("");
      again();
    });
  const withdraw = () =>
    sending.send(async () => {
      await call("DELETE /api/maps/{map}/proposals/{proposal}", { path });
      again();
    });
  const head = data?.head;
  const open = data?.items.filter((one) => one.state === "open") ?? [];
  const isWaiting = head?.state === "open" || head?.state === "partly";
  const mayDecide = isWaiting && isAtLeast(me, "editor");
  const mayWithdraw = isWaiting && (head.is_mine || isAtLeast(me, "facilitator"));
  const fitting = open.filter((one) => FITTING.includes(one.fit));
  return (
    <>
      <p>
        <Link href={`${hrefOf(mapId, "discussion")}/proposals`} className="talk-back">
          <Icon name="back" />
          {say("proposal_back")}
        </Link>
      </p>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {head ? (
        <div className="talk-item">
          <h3 className="talk-title" dir="auto">
            {head.title}
          </h3>
          <HeadLine head={head} />
          {head.reason ? (
            <p className="talk-text" dir="auto">
              {head.reason}
            </p>
          ) : null}
        </div>
      ) : null}
      {sending.error ? <Trouble error={sending.error} /> : null}
      {refused.map((one) => (
        <Notice key={one.n} kind="warning">
          {say("proposal_not", { n: one.n, why: whyWords(say, one.code) })}
        </Notice>
      ))}
      <ol className="talk-list">
        {data?.items.map((one) => (
          <li key={one.n} className="talk-box">
            <Item
              item={one}
              mayDecide={Boolean(mayDecide)}
              isBusy={sending.isSending}
              decide={(decision) => decide([decision])}
            />
          </li>
        ))}
      </ol>
      {mayDecide && open.length ? (
        <TextField
          label={say("proposal_comment")}
          value={comment}
          onChange={setComment}
          rows={2}
          maxLength={4000}
        />
      ) : null}
      <div className="talk-buttons">
        {mayWithdraw ? (
          <Button weight="quiet" isPending={sending.isSending} onPress={withdraw}>
            {say("proposal_withdraw")}
          </Button>
        ) : null}
        {mayDecide && open.length > 1 ? (
          <>
            <Button
              isPending={sending.isSending}
              onPress={() => decide(open.map(({ n }) => ({ n, accept: false })))}
            >
              {say("proposal_reject_all")}
            </Button>
            <Button
              weight="primary"
              isPending={sending.isSending}
              isDisabled={!fitting.length}
              onPress={() => decide(fitting.map(({ n }) => ({ n, accept: true })))}
            >
              {say("proposal_accept_all")}
            </Button>
          </>
        ) : null}
      </div>
    </>
  );
}

type ItemProps = {
  item: ItemSaid;
  mayDecide: boolean;
  isBusy: boolean;
  decide: (decision: DecisionSent) => void;
};

function Item({ item, mayDecide, isBusy, decide }: ItemProps) {
  const { say } = useWords();
  const name = say("proposal_item", { n: item.n });
  const isOpen = item.state === "open";
  const isConflict = item.fit === "conflict";
  return (
    <section aria-label={name} className="talk-item">
      <p className="small soft">{name}</p>
      {item.changes.map((one) => (
        <ChangeTold key={`${one.ref} ${one.field} ${one.kind}`} change={one} />
      ))}
      <Fit item={item} />
      {isOpen ? null : <Outcome item={item} />}
      {isOpen && mayDecide ? (
        <div className="talk-buttons">
          <Button
            icon="close"
            isDisabled={isBusy}
            aria-label={`${say("proposal_reject")}: ${name}`}
            onPress={() => decide({ n: item.n, accept: false })}
          >
            {say("proposal_reject")}
          </Button>
          <Button
            weight={isConflict ? "danger" : "primary"}
            icon="check"
            isDisabled={isBusy || item.fit === "misfit"}
            aria-label={`${say(isConflict ? "proposal_anyway" : "proposal_accept")}: ${name}`}
            onPress={() => decide({ n: item.n, accept: true, anyway: isConflict })}
          >
            {say(isConflict ? "proposal_anyway" : "proposal_accept")}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

function Outcome({ item }: { item: ItemSaid }) {
  const { say } = useWords();
  const who = item.decided_by || say("talk_team");
  return (
    <p>
      <span className={item.state === "accepted" ? "talk-tag talk-yes" : "talk-tag"}>
        {item.state === "accepted"
          ? say("proposal_accepted", { who })
          : item.state === "rejected"
            ? say("proposal_rejected", { who })
            : say("proposal_taken")}
      </span>{" "}
      {item.comment ? <bdi className="talk-words">{item.comment}</bdi> : null}
    </p>
  );
}

function whyWords(say: Words["say"], code: string): string {
  return say(WHY_NOT[code] ?? "proposal_why_form");
}

/** How it goes with what others changed meanwhile. */
function Fit({ item }: { item: ItemSaid }) {
  const { say } = useWords();
  if (item.fit === "" || item.fit === "fits") return null;
  if (item.fit === "merges") return <p className="small">{say("proposal_fit_merges")}</p>;
  if (item.fit === "same") return <p className="small">{say("proposal_fit_same")}</p>;
  const words =
    item.fit === "misfit"
      ? say("proposal_fit_misfit", { why: whyWords(say, item.code) })
      : item.now
        ? say("proposal_fit_conflict", { now: item.now })
        : say("proposal_fit_gone");
  return <Notice kind="warning">{words}</Notice>;
}
