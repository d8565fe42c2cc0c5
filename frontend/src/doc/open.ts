/** A session in a browser: a WebSocket, `localStorage` and the clock. */

import { type Dial, TIMERS } from "./connection.ts";
import type { Store } from "./keep.ts";
import { MapSession } from "./session.ts";

/** Open a map. Call what is returned second when the page of the map is left. */
export function openMap(map: string, person: string): readonly [MapSession, () => void] {
  const path = new URL(`api/maps/${encodeURIComponent(map)}/live`, document.baseURI);
  path.protocol = path.protocol === "https:" ? "wss:" : "ws:";
  path.hash = "";
  const session = new MapSession({
    map,
    person,
    client: newName(),
    dial: dialing(path.href),
    store: browserStore(),
    timers: TIMERS,
    random: Math.random,
  });
  const wake = () => session.wake();
  const leave = () => session.close();
  const lose = () => session.lost();
  window.addEventListener("online", wake);
  window.addEventListener("offline", lose);
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", wake);
  const close = () => {
    window.removeEventListener("online", wake);
    window.removeEventListener("offline", lose);
    window.removeEventListener("pagehide", leave);
    window.removeEventListener("pageshow", wake);
    session.close();
  };
  return [session, close];
}

/** A name nobody else has. */
function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function dialing(address: string): Dial {
  return (ears) => {
    const socket = new WebSocket(address);
    socket.onopen = () => ears.opened();
    socket.onmessage = (event) => {
      if (typeof event.data === "string") ears.heard(event.data);
    };
    socket.onclose = (event) => ears.closed(event.code, event.reason);
    return {
      say: (text) => socket.send(text),
      close: () => socket.close(),
    };
  };
}

/** `localStorage`; where the browser allows none, edits wait only as long as the page is open. */
function browserStore(): Store {
  return {
    keys: () => tried<readonly string[]>(() => Object.keys(localStorage), []),
    get: (key) => tried(() => localStorage.getItem(key), null),
    set: (key, text) => localStorage.setItem(key, text),
    remove: (key) => tried(() => localStorage.removeItem(key), undefined),
  };
}

function tried<Value>(act: () => Value, otherwise: Value): Value {
  try {
    return act();
  } catch {
    return otherwise;
  }
}
