import { useEffect } from "react";
import { call } from "../../api/calls.ts";
import type {
  MentionsSaid,
  NamesSaid,
  TalkSaid,
  ThreadSaid,
  ThreadsSaid,
} from "../../api/types/talk.ts";
import type { MyTasksSaid } from "../../api/types/tasks.ts";
import type { MapSession } from "../../doc/session.ts";
import { type Asked, useAsked } from "../asked.ts";
import { useMe } from "../shell/me.tsx";
import { useNews } from "../useNews.ts";
import type { Named } from "./mentions.ts";

const NOBODY: readonly Named[] = [];

/** Address of something of a map in the API. */
export function ofMap(mapId: string, what: string): string {
  return `/api/maps/${encodeURIComponent(mapId)}/${what}`;
}

/** How much is talked about on a map; asked anew whenever somebody says something. */
export function useTalk(session: MapSession, mapId: string): Asked<TalkSaid> {
  const asked = useAsked<TalkSaid>(ofMap(mapId, "talk"));
  useNews(session, "comments", asked.again);
  useRead(asked.again);
  return asked;
}

/** Threads of a map; asked anew whenever somebody says something. */
export function useThreads(session: MapSession, mapId: string, query: string): Asked<ThreadsSaid> {
  const asked = useAsked<ThreadsSaid>(ofMap(mapId, `threads${query}`));
  useNews(session, "comments", asked.again);
  return asked;
}

/** People who may be mentioned; guests are told nobody. */
export function useNames(mapId: string): readonly Named[] {
  return useAsked<NamesSaid>(ofMap(mapId, "people")).data?.people ?? NOBODY;
}

/** What mentions me, on all maps. */
export function useMentions(session: MapSession): Asked<MentionsSaid> {
  const asked = useAsked<MentionsSaid>("/api/mentions");
  useNews(session, "comments", asked.again);
  useRead(asked.again);
  return asked;
}

/** What I am to see to, on all maps. */
export function useMyTasks(session: MapSession): Asked<MyTasksSaid> {
  const asked = useAsked<MyTasksSaid>("/api/tasks");
  useNews(session, "comments", asked.again);
  return asked;
}

const readers = new Set<() => void>();

/** Ask again whenever something was read on this page. */
function useRead(again: () => void): void {
  useEffect(() => {
    readers.add(again);
    return () => {
      readers.delete(again);
    };
  }, [again]);
}

/** Keep what is shown as read; what is new stays marked until it is asked for anew. */
export function useSeen(mapId: string, threads: readonly ThreadSaid[]): void {
  const { me } = useMe();
  const unread = threads.filter((one) => one.is_unread || one.is_calling);
  const key = unread.map((one) => `${one.id} ${one.comments.length}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which threads they are
  useEffect(() => {
    if (!key || me.map) return;
    const seen = unread.map((one) =>
      call("POST /api/maps/{map}/threads/{thread}/seen", {
        path: { map: mapId, thread: one.id },
        body: { n: Math.max(0, ...one.comments.map((said) => said.n)) },
      }),
    );
    Promise.all(seen).then(
      () => {
        for (const again of readers) again();
      },
      () => {},
    );
  }, [key, mapId, me.map]);
}
