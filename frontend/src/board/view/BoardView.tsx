import {
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { MapSession } from "../../doc/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, Notice } from "../../ui/Notice.tsx";
import { tell, untell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { act } from "../acts.ts";
import { EMOTION, languageOf } from "../grid.ts";
import { Hand } from "../hand.ts";
import { addLane } from "../lanes.ts";
import type { News } from "../look.ts";
import { together } from "../making.ts";
import { branchingOf } from "../onward.ts";
import { BoardGrid } from "./BoardGrid.tsx";
import { BoardList } from "./BoardList.tsx";
import { CardMenu } from "./CardMenu.tsx";
import { personasOf } from "./drawn.ts";
import { EvidenceBar } from "./EvidenceBar.tsx";
import { EvidencePopover } from "./EvidencePopover.tsx";
import { MissingTray } from "./MissingTray.tsx";
import { NewEditor } from "./NewEditor.tsx";
import { Notices } from "./Notices.tsx";
import { newsWords } from "./newsWords.ts";
import { Panel } from "./Panel.tsx";
import { Questions } from "./Questions.tsx";
import { SaveState } from "./SaveState.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { Tray } from "./Tray.tsx";
import { HandContext, MapLangContext, type Shown, useHand } from "./useBoard.ts";
import { useClipboard } from "./useClipboard.ts";
import { EvidenceContext, useEvidenceDesk, useMode, useRenewing } from "./useEvidence.ts";
import { useMenu } from "./useListening.ts";
import { useNarrow } from "./useNarrow.ts";
import { useDroppedPictures } from "./usePictures.ts";
import "./bar.css";
import "./board.css";
import "./cards.css";
import "./curve.css";
import "./evidence.css";
import "./evidenceSheet.css";
import "./list.css";
import "./panel.css";
import "./print.css";

const STORAGE = {
  getItem: (key: string) => localStorage.getItem(key),
  setItem: (key: string, value: string) => localStorage.setItem(key, value),
};
const USUAL = ["actions", "touchpoints", "questions", "emotion", "pains", "gains"] as const;

export interface BoardViewProps {
  session: MapSession;
  map: string;
  /** Ref of the place a link leads to, "" for none. */
  at: string;
  /** Where checks are made, "" where this person may not come in. */
  evidenceHref: string;
  /** The place was found, or is not there. */
  onArrived: () => void;
}

/** The board of a map that is open. */
export function BoardView({ session, map, at, evidenceHref, onArrived }: BoardViewProps) {
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const words = useWords();
  const [said, setSaid] = useState("");
  const news = useRef<(one: News) => void>(() => {});
  const hand = useMemo(
    () => new Hand(session, map, STORAGE, Math.random, (one) => news.current(one)),
    [session, map],
  );
  const evidence = useEvidenceDesk(session, map, STORAGE);
  hand.evidence = evidence;
  useRenewing(evidence, view);
  const look = useSyncExternalStore(hand.subscribe, hand.getSnapshot);
  const toast = useRef("");
  useEffect(() => {
    news.current = (one) => {
      const told = newsWords(words, hand.board, one);
      setSaid(told);
      if (one.news === "nowhere") tell({ words: told });
      if (one.news !== "gone") return;
      if (toast.current) untell(toast.current);
      toast.current = tell({
        words: told,
        act: { words: words.say("undo"), do: () => act(hand, { act: "undo" }) },
      });
    };
  }, [words, hand]);
  useEffect(
    () => () => {
      if (toast.current) untell(toast.current);
    },
    [],
  );
  const { board } = view;
  const isHere = board !== null;
  useEffect(() => {
    if (!at || !isHere) return;
    hand.arrive(at);
    onArrived();
  }, [at, isHere, hand, onArrived]);
  return (
    <HandContext value={hand}>
      <EvidenceContext value={evidence}>
        <div className="board-page">
          {view.state === "ended" ? <Ended why={view.ended} retry={() => session.retry()} /> : null}
          {view.kept || view.waiting === 0 ? null : (
            <Notice kind="warning">{words.say("state_unkept")}</Notice>
          )}
          {board ? (
            <MapLangContext value={languageOf(board)}>
              <Open board={board} view={view} look={look} href={evidenceHref} />
            </MapLangContext>
          ) : view.state === "ended" ? null : (
            <p role="status">{words.say("loading")}</p>
          )}
          <p className="unseen" role="status" aria-live="polite">
            {said}
          </p>
        </div>
      </EvidenceContext>
    </HandContext>
  );
}

function Ended({ why, retry }: { why: string; retry: () => void }) {
  const { say } = useWords();
  return (
    <Notice kind="trouble">
      <p>{say(why === "no_map" ? "state_no_map" : "state_ended")}</p>
      <Button onPress={retry}>{say("try_again")}</Button>
    </Notice>
  );
}

function Open({ board, view, look, href }: Shown & { href: string }) {
  const hand = useHand();
  const mode = useMode();
  const { say } = useWords();
  const isNarrow = useNarrow();
  const place = useRef<HTMLDivElement>(null);
  const { menu, close } = useMenu(place);
  useClipboard(place);
  useDroppedPictures(place);
  const seen = useDeferredValue(board);
  const branching = useMemo(() => branchingOf(seen), [seen]);
  const isEmpty = board.row("map", "stage").length === 0;
  return (
    <>
      <div className="board-bar">
        <Toolbar
          names={personasOf(board)}
          hasCurve={hand.grid(board).lanes.some((lane) => lane.name === EMOTION)}
          hasStages={!isEmpty}
          canEdit={hand.may()}
          canUndo={view.canUndo}
          canRedo={view.canRedo}
          people={view.people}
          persona={look.persona}
          isPanelOpen={look.isPanelOpen}
          isNarrow={isNarrow}
        />
        <SaveState state={view.state} waiting={view.waiting} />
      </div>
      {isEmpty ? null : <EvidenceBar board={seen} href={href} />}
      {view.role && !hand.may() && view.lanes.length === 0 ? (
        <Notice>{say("read_only")}</Notice>
      ) : null}
      <Notices view={view} />
      {branching.isTangled ? <Notice kind="warning">{say("tangled", counts())}</Notice> : null}
      <div className="board-desk" data-panel={look.isPanelOpen} data-read={mode} ref={place}>
        <div className="board-main">
          {isEmpty ? <First board={board} view={view} look={look} /> : null}
          {isEmpty ? null : isNarrow ? (
            <BoardList board={board} view={view} look={look} />
          ) : (
            <BoardGrid board={board} view={view} look={look} />
          )}
          <Tray board={board} />
        </div>
        <MissingTray board={seen} />
        {look.isPanelOpen ? <Panel board={board} look={look} /> : null}
        <EvidencePopover board={board} place={place} />
        {menu ? <CardMenu board={board} spot={menu.ref} at={menu.at} close={close} /> : null}
      </div>
      <Questions board={board} look={look} />
    </>
  );

  function counts() {
    const { branches, loops, crossings } = branching;
    return { branches, loops, crossings };
  }
}

/** A map without stages teaches how to begin. */
function First({ board, look }: Shown) {
  const hand = useHand();
  const { say } = useWords();
  const hasLanes = board.row("map", "lane").length > 0;
  return (
    <Empty title={say("first_stage_title")}>
      <p>{say("first_stage_more")}</p>
      {hand.may() ? (
        look.writing?.what === "stage" ? (
          <NewEditor isLine label={say("new_stage")} />
        ) : (
          <Button weight="primary" onPress={() => hand.write({ what: "stage", after: "" })}>
            {say("first_stage")}
          </Button>
        )
      ) : null}
      {hasLanes || !hand.may() ? null : (
        <>
          <p className="soft">{say("first_lanes_more")}</p>
          <Button onPress={usualLanes}>{say("first_lanes")}</Button>
        </>
      )}
    </Empty>
  );

  function usualLanes(): void {
    const edits = USUAL.flatMap((name) => addLane(board, name) ?? []);
    hand.send(edits.length > 0 ? together(edits) : null);
  }
}
