import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import { call } from "../../api/calls.ts";
import type { HeldSaid, MetStepSaid } from "../../api/types/index.ts";
import type { Card } from "../../doc/board.ts";
import type { MapSession } from "../../doc/session.ts";
import type { View } from "../../doc/view.ts";
import { language, useWords } from "../../ui/words/useWords.ts";
import { EvidenceDesk, type EvidenceLook } from "../evidence/desk.ts";
import { gapSign } from "../evidence/held.ts";
import type { CardMark } from "../evidence/judged.ts";
import type { Shelf } from "../hidden.ts";

export const EvidenceContext = createContext<EvidenceDesk | null>(null);

export function useEvidence(): EvidenceDesk {
  const desk = useContext(EvidenceContext);
  if (!desk) throw new Error("this is drawn on a board only");
  return desk;
}

/** Everything of it; drawn anew whenever anything changes. */
export function useEvidenceLook(): EvidenceLook {
  const desk = useEvidence();
  return useSyncExternalStore(desk.subscribe, desk.getSnapshot);
}

/** How the board is read. */
export function useMode(): EvidenceLook["mode"] {
  const desk = useEvidence();
  return useSyncExternalStore(desk.subscribe, () => desk.getSnapshot().mode);
}

/** What a card is marked with, null where no marks are shown; drawn anew only when that changes. */
export function useMark(card: Card | null): CardMark | null {
  const desk = useEvidence();
  return useSyncExternalStore(desk.subscribe, () => (card ? desk.markOf(card) : null));
}

/** Numbers of a step, null where none are shown. */
export function useMetStep(ref: string): MetStepSaid | null {
  const desk = useEvidence();
  return useSyncExternalStore(desk.subscribe, () => {
    const { mode, judged } = desk.getSnapshot();
    return mode === "belief" ? null : (judged?.step(ref) ?? null);
  });
}

/** Where customers got less or more than they expected, null where neither is shown. */
export function useHeldGap(ref: string): HeldSaid | null {
  const desk = useEvidence();
  return useSyncExternalStore(desk.subscribe, () => {
    const { mode, judged } = desk.getSnapshot();
    const said = mode === "belief" ? null : (judged?.held(ref) ?? null);
    return gapSign(said) ? said : null;
  });
}

/** Whether hardly anyone comes to a step; false where that is not shown. */
export function useIsDead(ref: string): boolean {
  const desk = useEvidence();
  return useSyncExternalStore(desk.subscribe, () => {
    const { mode, judged } = desk.getSnapshot();
    return mode !== "belief" && judged !== null && judged.isDead(ref);
  });
}

/** How many things customers do after a step that the map does not show; 0 where differences are not shown. */
export function useStepGaps(ref: string): number {
  const desk = useEvidence();
  return useSyncExternalStore(desk.subscribe, () => {
    const { mode, judged } = desk.getSnapshot();
    return mode === "difference" ? (judged?.gapsAfter(ref) ?? 0) : 0;
  });
}

/** "(Checked: 22 Nov 2026)", "" where nothing was checked. */
export function useChecked(): string {
  const { say, date } = useWords();
  const snapshot = useEvidenceLook().judged?.said.snapshot;
  return snapshot ? `(${say("mark_checked")}: ${date(snapshot.made_us / US_PER_MS)})` : "";
}

const US_PER_MS = 1000;
const QUIET_MS = 4000;

/** The evidence of an open map: asked for once it is there, and whenever the server or an edit says so. */
export function useEvidenceDesk(session: MapSession, map: string, shelf: Shelf): EvidenceDesk {
  const desk = useMemo(
    () =>
      new EvidenceDesk(
        map,
        (whose) =>
          call("GET /api/maps/{map}/verdicts", {
            path: { map },
            query: { ...whose, language: language.now() },
          }),
        session.getSnapshot,
        shelf,
      ),
    [session, map, shelf],
  );
  const hasBoard = useSyncExternalStore(
    session.subscribe,
    () => session.getSnapshot().board !== null,
  );
  useEffect(() => {
    if (!hasBoard) return;
    desk.again();
    const quiet = language.subscribe(() => desk.again());
    const unheard = session.onNews((news) => {
      if (news === "evidence" || news === "") desk.again();
    });
    return () => {
      quiet();
      unheard();
    };
  }, [desk, session, hasBoard]);
  return desk;
}

/** Ask again some seconds after the last edit, while marks are shown: others may stand there now. */
export function useRenewing(desk: EvidenceDesk, view: View): void {
  const { mode, judged } = useSyncExternalStore(desk.subscribe, desk.getSnapshot);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each edit begins the wait again
  useEffect(() => {
    if (mode === "belief" || !desk.isBehind()) return;
    const waiting = setTimeout(() => desk.again(), QUIET_MS);
    return () => clearTimeout(waiting);
  }, [desk, mode, judged, view.seq, view.waiting]);
}
