import { lazy } from "react";
import type { MapSession } from "../../doc/session.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { DiscussionBadge } from "../discussion/DiscussionBadge.tsx";
import type { Role } from "../shell/me.tsx";
import { BoardRoom } from "./BoardRoom.tsx";

/** What every room of a map is given. */
export interface RoomProps {
  readonly session: MapSession;
  readonly mapId: string;
}

/** A room of a map: one of the ways to look at it. Its own pages stand below its address. */
export interface Room {
  /** Last part of its address, "" for the board. */
  readonly at: string;
  readonly words: PlainKey;
  readonly needs: Role;
  /** Whether guests with a link may come in. */
  readonly isForGuests: boolean;
  readonly View: React.ComponentType<RoomProps>;
  /** What stands beside its words in the links to the rooms. */
  readonly Badge?: React.ComponentType;
}

const Discussion = lazy(() => import("../discussion/Discussion.tsx"));

/** All rooms, in the order in which they are offered. Those but the board are loaded when they are asked for. */
export const ROOMS: readonly Room[] = [
  { at: "", words: "board", needs: "viewer", isForGuests: true, View: BoardRoom },
  {
    at: "evidence",
    words: "room_evidence",
    needs: "viewer",
    isForGuests: false,
    View: lazy(async () => ({
      default: (await import("../evidence/EvidenceRoom.tsx")).EvidenceRoom,
    })),
  },
  {
    at: "readings",
    words: "room_readings",
    needs: "viewer",
    isForGuests: true,
    View: lazy(() => import("../readings/ReadingsRoom.tsx")),
  },
  {
    at: "discussion",
    words: "talk_room",
    needs: "viewer",
    isForGuests: true,
    View: Discussion,
    Badge: DiscussionBadge,
  },
  {
    at: "workshop",
    words: "ws",
    needs: "viewer",
    isForGuests: true,
    View: lazy(() => import("../workshop/Workshop.tsx")),
  },
  {
    at: "progress",
    words: "progress",
    needs: "viewer",
    isForGuests: false,
    View: lazy(() => import("../progress/ProgressRoom.tsx")),
  },
];
