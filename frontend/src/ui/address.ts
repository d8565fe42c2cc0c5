import { useSyncExternalStore } from "react";
import type { BaseLocationHook } from "wouter";
import { navigate } from "wouter/use-hash-location";
import { Leaving } from "./leaving.ts";

/** Where this window is. */
export const leaving = new Leaving(() => `/${location.hash.replace(/^#?\/?/, "")}`, navigate);

addEventListener("hashchange", leaving.heard);

const useAt = (): [string, typeof navigate] => [
  useSyncExternalStore(leaving.subscribe, leaving.at),
  navigate,
];

/** The address, as `Router` takes it. */
export const useAddress: BaseLocationHook = Object.assign(useAt, {
  hrefs: (href: string) => `#${href}`,
});
