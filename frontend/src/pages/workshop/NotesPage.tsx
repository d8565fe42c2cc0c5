import { useSyncExternalStore } from "react";
import { call } from "../../api/calls.ts";
import type { NoteSaid, NotesSaid } from "../../api/types/notes.ts";
import { nameOf, TOUCHPOINTS } from "../../board/grid.ts";
import { laneTitle } from "../../board/view/titles.ts";
import type { Board } from "../../doc/board.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { Words } from "../../ui/words/words.ts";
import { useSending } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { Trouble } from "../trouble.tsx";
import { AddNotes } from "./AddNotes.tsx";
import { KIND, type Put, Targets } from "./NoteTargets.tsx";
import { isSorted, isWaiting, proposedFor, putOn } from "./sortedNotes.ts";
import { useOfWorkshop } from "./useWorkshop.ts";

const NONE = "none";
const ISO_DAY = 10;

/** Sticky notes: brought here, put to a step and a row, and then onto the map. */
export function NotesPage({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const { board } = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const { data, error, again } = useOfWorkshop<NotesSaid>(session, mapId, "notes");
  const { send, error: wrong } = useSending();
  const act = (work: () => Promise<unknown>) =>
    send(async () => {
      await work();
      again();
    });
  const path = { map: mapId };
  const put: Put = (id, body) =>
    act(() => call("PATCH /api/maps/{map}/notes/{note}", { path: { ...path, note: id }, body }));
  const drop = (ids: readonly string[]) =>
    act(() => call("POST /api/maps/{map}/notes/remove", { path, body: { ids } }));
  const merge = (one: NoteSaid) => {
    const into = { ...path, note: one.proposal.same_as ?? "" };
    act(() =>
      call("POST /api/maps/{map}/notes/{note}/merge", { path: into, body: { ids: [one.id] } }),
    );
  };
  const notes = board ? (data?.notes.filter((one) => isWaiting(one, board)) ?? []) : [];
  // Touchpoints are things of their own, no notes.
  const lanes = (data?.lanes ?? []).filter((one) => one !== TOUCHPOINTS);
  const sorted = board ? notes.filter((one) => isSorted(one, board)) : [];
  const offered = board
    ? notes.flatMap((one) => {
        const found = proposedFor(one, board);
        return found ? [[one.id, { lane: found.lane, at: found.at }] as const] : [];
      })
    : [];
  const onMap = () => {
    const day = new Date().toISOString().slice(0, ISO_DAY);
    const made = board ? putOn(board, notes, say("ws_origin"), day, Math.random) : null;
    if (!made || !session.edit(made.edit)) return;
    const undo = { words: say("undo"), do: () => session.undo() };
    tell({ words: say("ws_notes_done", { count: Object.keys(made.refs).length }), act: undo });
    act(() => call("POST /api/maps/{map}/notes/put", { path, body: { notes: made.refs } }));
  };
  return (
    <>
      <AddNotes mapId={mapId} again={again} />
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {wrong ? <Trouble error={wrong} /> : null}
      {data && board && !notes.length ? (
        <Empty title={say("ws_notes_none")}>
          <p>{say("ws_notes_none_more")}</p>
        </Empty>
      ) : null}
      {notes.length && board ? (
        <>
          <div className="ws-row">
            {sorted.length ? (
              <Button weight="primary" onPress={onMap}>
                {say("ws_notes_put", { count: sorted.length })}
              </Button>
            ) : null}
            {offered.length ? (
              <Button
                onPress={() =>
                  act(() =>
                    call("POST /api/maps/{map}/notes/sort", {
                      path,
                      body: { notes: Object.fromEntries(offered) },
                    }),
                  )
                }
              >
                {say("ws_notes_take_all", { count: offered.length })}
              </Button>
            ) : null}
          </div>
          <div className="ws-sorting">
            <section>
              <h3>{say("ws_notes_waiting")}</h3>
              <ul className="ws-notes">
                {notes.map((one) => (
                  <Sticky
                    key={one.id}
                    one={one}
                    board={board}
                    lanes={lanes}
                    put={put}
                    drop={() => drop([one.id])}
                    merge={() => merge(one)}
                  />
                ))}
              </ul>
            </section>
            <Targets board={board} lanes={lanes} notes={notes} put={put} />
          </div>
        </>
      ) : null}
    </>
  );
}

type StickyProps = {
  one: NoteSaid;
  board: Board;
  lanes: readonly string[];
  put: Put;
  drop: () => void;
  merge: () => void;
};

function Sticky({ one, board, lanes, put, drop, merge }: StickyProps) {
  const words = useWords();
  const { say } = words;
  const { note } = one;
  const { text } = note;
  const offer = proposedFor(one, board);
  const where = offer ? whereWords(words, board, offer.lane, offer.at) : "";
  const nowhere = (what: "ws_note_place" | "ws_note_row") => ({
    id: NONE,
    words: `${say(what)}: ${say("ws_note_nowhere")}`,
  });
  const isIn = isSorted(one, board);
  return (
    <li
      className={isIn ? "ws-note ws-note-sorted" : "ws-note"}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData(KIND, one.id);
        event.dataTransfer.effectAllowed = "move";
      }}
    >
      <div className="ws-note-head">
        <p dir="auto" className="ws-grow">
          {text}
        </p>
        <IconButton icon="gone" label={say("ws_note_gone", { text })} onPress={drop} />
      </div>
      <p className="soft" dir="auto">
        {(note.times ?? 1) > 1 ? `${say("ws_note_times", { count: note.times ?? 1 })} ` : ""}
        {[note.color, note.author].filter(Boolean).join(" · ")}
      </p>
      <div className="ws-note-where">
        <SelectField
          label={say("ws_note_at", { text })}
          isLabelUnseen
          choices={[nowhere("ws_note_place"), ...placesOf(board)]}
          chosen={note.at && board.isShown(note.at) ? note.at : NONE}
          onChoose={(at) => put(one.id, { at: at === NONE ? "" : at })}
        />
        <SelectField
          label={say("ws_note_lane", { text })}
          isLabelUnseen
          choices={[
            nowhere("ws_note_row"),
            ...lanes.map((id) => ({ id, words: laneTitle(say, id) })),
          ]}
          chosen={note.lane || NONE}
          onChoose={(lane) => put(one.id, { lane: lane === NONE ? "" : lane })}
        />
      </div>
      {offer ? (
        <div className="ws-offer">
          <p>
            {say("ws_note_maybe", { where })}
            <span className="soft"> {reasonWords(words, one)}</span>
          </p>
          <Button
            aria-label={say("ws_note_take_label", { text, where })}
            onPress={() => put(one.id, { lane: offer.lane, at: offer.at })}
          >
            {say("ws_note_take")}
          </Button>
        </div>
      ) : null}
      {one.proposal.same_as ? (
        <div className="ws-offer">
          <p>{say("ws_note_same")}</p>
          <Button aria-label={say("ws_note_merge_label", { text })} onPress={merge}>
            {say("ws_note_merge")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function placesOf(board: Board): { id: string; words: string }[] {
  return board
    .row("map", "stage")
    .flatMap((stage) => [
      { id: stage.ref, words: nameOf(stage) },
      ...board
        .row(stage.ref, "step")
        .map((step) => ({ id: step.ref, words: `${nameOf(stage)} › ${nameOf(step)}` })),
    ]);
}

function whereWords({ say }: Words, board: Board, lane: string, at: string): string {
  const place = at ? board.find(at) : undefined;
  const parts = [place ? nameOf(place) : "", lane ? laneTitle(say, lane) : ""];
  return parts.filter(Boolean).join(", ");
}

/** Why the rules say so: never without the word they go by. */
function reasonWords({ say }: Words, one: NoteSaid): string {
  const { proposal, note } = one;
  const reasons = [
    note.at ? "" : whyWords(say, proposal.at_why ?? "", proposal.at_word ?? ""),
    note.lane ? "" : whyWords(say, proposal.lane_why ?? "", proposal.lane_word ?? ""),
  ].filter(Boolean);
  return reasons.length ? `(${reasons.join("; ")})` : "";
}

type Why = NonNullable<NoteSaid["proposal"]["lane_why"]>;

function whyWords(say: Words["say"], why: Why, word: string): string {
  if (why === "") return "";
  return why === "quote" ? say("ws_why_quote") : say(`ws_why_${why}`, { word });
}
