/** Requests by their names, with the types the server's own description gives them. */

import { type Along, type Api, api } from "./client.ts";
import type { Calls } from "./types/index.ts";

export type Name = keyof Calls;

/** No field at all; whatever needs none fits where it does. */
type Nothing = Readonly<Record<never, never>>;

/** What must be given to a request: names in the address, what stands behind the "?", the body. */
export type Given<N extends Name> = Omit<Along, "query"> &
  (Nothing extends Calls[N]["path"]
    ? { readonly path?: undefined }
    : { readonly path: Calls[N]["path"] }) & {
    readonly query?: Calls[N]["query"];
  } & (undefined extends Calls[N]["body"]
    ? { readonly body?: undefined }
    : { readonly body: Calls[N]["body"] });

/** Nothing needs to be given where no field is needed. */
type Rest<N extends Name> = Nothing extends Given<N> ? [given?: Given<N>] : [given: Given<N>];

/** Ask by name: `call("GET /api/maps/{map}", { path: { map: "shop" } })`. */
export function call<N extends Name>(name: N, ...rest: Rest<N>): Promise<Calls[N]["answer"]> {
  return callOn(api, name, ...rest);
}

/** The same, of a certain api. */
export async function callOn<N extends Name>(
  on: Api,
  name: N,
  ...rest: Rest<N>
): Promise<Calls[N]["answer"]> {
  const [given] = rest;
  const [method = "GET", template = ""] = name.split(" ");
  const path = addressOf(template, new Map(Object.entries(given?.path ?? {})));
  const query = Object.fromEntries(Object.entries(given?.query ?? {}));
  const { ifMatch, signal, accept } = given ?? {};
  const along = { ifMatch, signal, accept, query };
  return (await on.tagged<Calls[N]["answer"]>(method, path, given?.body, along)).data;
}

/** An address with its names filled in, each written so that it stays one part of it. */
export function addressOf(template: string, names: ReadonlyMap<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = names.get(name);
    if (value === undefined) throw new Error(`"${name}" of ${template} is not given`);
    return encodeURIComponent(value);
  });
}
