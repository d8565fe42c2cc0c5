import { lazy } from "react";
import type { RoomPart } from "../map/RoomParts.tsx";

/** All pages of the room, in the order in which they are offered. */
export const PARTS: readonly RoomPart[] = [
  {
    at: "",
    words: "jobs_runs",
    View: lazy(async () => ({ default: (await import("./Runs.tsx")).Runs })),
  },
  {
    at: "sources",
    words: "jobs_sources",
    View: lazy(async () => ({ default: (await import("./sources/Sources.tsx")).Sources })),
  },
  {
    at: "binding",
    words: "jobs_binding",
    needs: "editor",
    View: lazy(async () => ({ default: (await import("./binding/Binding.tsx")).Binding })),
  },
];
