import { lazy } from "react";
import type { PlainKey } from "../../ui/words/words.ts";
import type { RoomProps } from "../map/rooms.tsx";
import type { Role } from "../shell/me.tsx";

/** A page of the room of evidence. */
export interface EvidencePart {
  /** What its address ends with, "" for the first. */
  readonly at: string;
  readonly words: PlainKey;
  readonly needs: Role;
  readonly View: React.ComponentType<RoomProps>;
}

/** All pages of the room, in the order in which they are offered. */
export const PARTS: readonly EvidencePart[] = [
  {
    at: "",
    words: "jobs_runs",
    needs: "viewer",
    View: lazy(async () => ({ default: (await import("./Runs.tsx")).Runs })),
  },
  {
    at: "sources",
    words: "jobs_sources",
    needs: "viewer",
    View: lazy(async () => ({ default: (await import("./sources/Sources.tsx")).Sources })),
  },
  {
    at: "binding",
    words: "jobs_binding",
    needs: "editor",
    View: lazy(async () => ({ default: (await import("./binding/Binding.tsx")).Binding })),
  },
];
