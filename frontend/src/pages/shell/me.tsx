import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { api } from "../../api/client.ts";
import type { Me } from "../../api/types/index.ts";
import { onForgotten } from "../asked.ts";

export const ROLES = ["viewer", "commenter", "editor", "facilitator", "administrator"] as const;
export type { Me };
export type Role = (typeof ROLES)[number];

type Known = {
  readonly me: Me;
  /** Whether somebody was signed in and the server let them go. */
  readonly isEnded: boolean;
  readonly ask: () => Promise<void>;
  readonly signOut: () => Promise<void>;
};

const Context = createContext<Known | null>(null);

/** Who sits here; only below `MeProvider`. */
export function useMe(): Known {
  const known = useContext(Context);
  if (!known) throw new Error("useMe needs a MeProvider above it");
  return known;
}

/** Whether somebody may do what needs a role. */
export function isAtLeast(me: Me, role: Role): boolean {
  return me.role !== null && ROLES.indexOf(me.role) >= ROLES.indexOf(role);
}

type ProviderProps = {
  children: React.ReactNode;
  /** Shown until the server has answered. */
  waiting: React.ReactNode;
  /** Shown when it does not. */
  trouble: (error: unknown, again: () => void) => React.ReactNode;
};

/** Asks who sits here before anything is shown. */
export function MeProvider({ children, waiting, trouble }: ProviderProps) {
  const [me, setMe] = useState<Me>();
  const [isEnded, setEnded] = useState(false);
  const [error, setError] = useState<unknown>();
  const ask = useCallback(async () => {
    try {
      const found = await api.get<Me>("/api/me");
      setError(undefined);
      setMe((before) => {
        setEnded(Boolean(before?.role) && !found.role);
        return found;
      });
    } catch (wrong) {
      setError(wrong);
    }
  }, []);
  const signOut = useCallback(async () => {
    await api.delete("/api/session");
    setMe((before) => ({
      name: "",
      role: null,
      map: null,
      lanes: [],
      provider: before?.provider ?? null,
    }));
    setEnded(false);
  }, []);
  useEffect(() => {
    onForgotten(ask);
    ask();
  }, [ask]);
  const known = useMemo(
    () => (me ? { me, isEnded, ask, signOut } : null),
    [me, isEnded, ask, signOut],
  );
  if (known) return <Context value={known}>{children}</Context>;
  return error ? trouble(error, ask) : waiting;
}
