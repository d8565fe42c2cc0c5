import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { CommentSaid, ThreadSaid } from "../../api/types/talk.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { AskDialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import { CommentForm } from "./CommentForm.tsx";
import { type Named, piecesOf } from "./mentions.ts";
import { TaskButton, TaskLine } from "./TaskView.tsx";
import "./talk.css";

const US_PER_MS = 1000;

export type ThreadProps = {
  mapId: string;
  thread: ThreadSaid;
  /** People who may be mentioned. */
  people: readonly Named[];
  /** Something was written: ask anew. */
  again: () => void;
};

/** One thread: its comments, an answer, and whether it is done. */
export function ThreadView({ mapId, thread, people, again }: ThreadProps) {
  const { say, time } = useWords();
  const { me } = useMe();
  const [isAnswering, setAnswering] = useState(false);
  const sending = useSending();
  const mayWrite = isAtLeast(me, "commenter");
  const path = { map: mapId, thread: thread.id };
  const isDone = thread.resolved_us > 0;
  const change = async () => {
    await call("PATCH /api/maps/{map}/threads/{thread}", { path, body: { resolved: !isDone } });
    again();
  };
  const answer = async (text: string) => {
    await call("POST /api/maps/{map}/threads/{thread}/comments", { path, body: { text } });
    setAnswering(false);
    again();
  };
  return (
    <div className="talk-thread">
      {thread.task ? <TaskLine task={thread.task} isDone={isDone} /> : null}
      <ol className="talk-said">
        {thread.comments.map((one) => (
          <Said key={one.id} mapId={mapId} comment={one} people={people} again={again} />
        ))}
      </ol>
      {isDone ? (
        <p className="small soft">
          {say("talk_done_by", {
            who: thread.resolved_by || say("talk_team"),
            when: time(thread.resolved_us / US_PER_MS),
          })}
        </p>
      ) : null}
      {sending.error ? <Trouble error={sending.error} /> : null}
      {mayWrite && isAnswering ? (
        <CommentForm
          label={say("talk_text")}
          people={people}
          send={answer}
          onCancel={() => setAnswering(false)}
        />
      ) : null}
      {mayWrite && !isAnswering ? (
        <div className="talk-buttons">
          <Button weight="quiet" onPress={() => setAnswering(true)}>
            {say("talk_answer")}
          </Button>
          <Button
            weight="quiet"
            icon={isDone ? "undo" : "check"}
            isPending={sending.isSending}
            onPress={() => sending.send(change)}
          >
            {say(isDone ? "talk_reopen" : "talk_done")}
          </Button>
          {isDone || me.map ? null : (
            <TaskButton
              mapId={mapId}
              threadId={thread.id}
              task={thread.task}
              people={people}
              again={again}
            />
          )}
        </div>
      ) : null}
    </div>
  );
}

type SaidProps = {
  mapId: string;
  comment: CommentSaid;
  people: readonly Named[];
  again: () => void;
};

function Said({ mapId, comment, people, again }: SaidProps) {
  const words = useWords();
  const { say, ago, time } = words;
  const { me } = useMe();
  const [is, setIs] = useState<"shown" | "changing" | "asked">("shown");
  const sending = useSending();
  const path = { map: mapId, comment: comment.id };
  const who = comment.author || say("talk_team");
  const atMs = comment.at_us / US_PER_MS;
  if (comment.is_deleted) return <li className="talk-one soft">{say("talk_deleted")}</li>;
  const reword = async (text: string) => {
    await call("PATCH /api/maps/{map}/comments/{comment}", { path, body: { text } });
    setIs("shown");
    again();
  };
  const remove = async () => {
    await call("DELETE /api/maps/{map}/comments/{comment}", { path });
    again();
  };
  const mayDelete = comment.is_mine || isAtLeast(me, "facilitator");
  return (
    <li className="talk-one">
      <div className="talk-line">
        <p>
          <strong dir="auto">{who}</strong>
          {comment.is_guest ? <span className="talk-tag">{say("talk_guest")}</span> : null}{" "}
          <time className="small soft" dateTime={new Date(atMs).toISOString()} title={time(atMs)}>
            {ago(atMs, Date.now())}
            {comment.edited_us ? `, ${say("talk_edited")}` : ""}
          </time>
        </p>
        <span className="talk-acts">
          {comment.is_mine && is === "shown" ? (
            <IconButton icon="pen" label={say("talk_edit")} onPress={() => setIs("changing")} />
          ) : null}
          {mayDelete ? (
            <IconButton icon="gone" label={say("talk_delete")} onPress={() => setIs("asked")} />
          ) : null}
        </span>
      </div>
      {is === "changing" ? (
        <CommentForm
          label={say("talk_text")}
          people={people}
          text={comment.text}
          send={reword}
          onCancel={() => setIs("shown")}
        />
      ) : (
        <p className="talk-text" dir="auto">
          {piecesOf(comment.text, comment.mentions).map((piece, place) =>
            piece.isName ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name but their place
              <strong key={place} className="talk-name">
                <bdi>{piece.text}</bdi>
              </strong>
            ) : (
              piece.text
            ),
          )}
        </p>
      )}
      {sending.error ? <Trouble error={sending.error} /> : null}
      {is === "asked" ? (
        <AskDialog
          title={say("talk_delete_title")}
          act={say("remove")}
          isDanger
          isOpen
          onOpenChange={() => setIs("shown")}
          onAct={() => sending.send(remove)}
        >
          {say("talk_delete_more")}
        </AskDialog>
      ) : null}
    </li>
  );
}
