/** The clock of a workshop: what is left, by the clock of the server. */
import type { Timer, WorkshopSaid } from "../../api/types/workshop.ts";

const US_PER_MS = 1000;
const MS_PER_S = 1000;
const S_PER_MIN = 60;

/** How far the clock of the server is ahead of ours, in milliseconds. */
export function aheadMs(told: Pick<WorkshopSaid, "now_us">, heardMs: number): number {
  return told.now_us / US_PER_MS - heardMs;
}

/** What is left in milliseconds, negative once it is over; null where no clock runs. */
export function leftMs(timer: Timer, ahead: number, nowMs: number): number | null {
  if (timer.state === "running") return (timer.ends_us ?? 0) / US_PER_MS - (nowMs + ahead);
  if (timer.state === "paused") return (timer.left_us ?? 0) / US_PER_MS;
  return null;
}

/** Minutes and seconds of a time, without its sign: "04:05", "72:00". */
export function clockWords(ms: number): string {
  // The last second is shown until it is over, as clocks that count down do.
  const seconds = ms >= 0 ? Math.ceil(ms / MS_PER_S) : Math.floor(-ms / MS_PER_S);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / S_PER_MIN))}:${two(seconds % S_PER_MIN)}`;
}

/** The address below that of a map, as everybody is led there: "" for the board, "at/step:pay". */
export function roomOf(location: string, map: string): string | null {
  const rest = /^\/maps\/([^/]+)(?:\/(.*))?$/.exec(location);
  if (!rest || decoded(rest[1] ?? "") !== map) return null;
  return (rest[2] ?? "").replace(/\/+$/, "").split("/").map(quoted).join("/");
}

/** An address below that of a map as an address of the program. */
export function hrefIn(map: string, room: string): string {
  const own = `/maps/${encodeURIComponent(map)}`;
  return room ? `${own}/${room}` : own;
}

/** A card of the board as an address below that of its map. */
export function roomAt(ref: string): string {
  return ref ? `at/${quoted(ref)}` : "";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One part of an address, so that nothing of it means something else. */
function quoted(part: string): string {
  return encodeURIComponent(decoded(part))
    .replaceAll("%3A", ":")
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}
