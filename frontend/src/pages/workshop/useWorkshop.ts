import { useEffect, useRef, useState } from "react";
import type { WorkshopSaid } from "../../api/types/workshop.ts";
import type { MapSession } from "../../doc/session.ts";
import { type Asked, useAsked } from "../asked.ts";
import { useNews } from "../useNews.ts";
import { aheadMs, leftMs } from "./clock.ts";

const TICK_MS = 250;
const NEWS = "workshop";

/** Address of something of a map. */
export function pathOf(mapId: string, what: string): string {
  return `/api/maps/${encodeURIComponent(mapId)}/${what}`;
}

/** Something of a workshop, asked again whenever somebody changes it. */
export function useOfWorkshop<T>(session: MapSession, mapId: string, what: string): Asked<T> {
  const asked = useAsked<T>(pathOf(mapId, what));
  useNews(session, NEWS, asked.again);
  return asked;
}

/** The plan and the clock of a map. */
export function useWorkshop(session: MapSession, mapId: string): Asked<WorkshopSaid> {
  return useOfWorkshop<WorkshopSaid>(session, mapId, "workshop");
}

/** What the clock has left, in milliseconds; null where none runs. It goes on by itself. */
export function useLeft(told: WorkshopSaid | undefined): number | null {
  const heard = useRef<{ told: WorkshopSaid; ahead: number } | null>(null);
  if (told && heard.current?.told !== told) {
    heard.current = { told, ahead: aheadMs(told, Date.now()) };
  }
  const [, setTick] = useState(0);
  const isRunning = told?.timer.state === "running";
  useEffect(() => {
    if (!isRunning) return;
    const ticking = setInterval(() => setTick((n) => n + 1), TICK_MS);
    return () => clearInterval(ticking);
  }, [isRunning]);
  if (!told) return null;
  return leftMs(told.timer, heard.current?.ahead ?? 0, Date.now());
}
