/** Own edits that are not known to be saved, in the order in which they were made. */

import { type JsonObject, textAt } from "../model/json.ts";
import type { Edit } from "./commands.ts";
import type { Keep, Purpose, Waiting } from "./keep.ts";

export class Queue {
  readonly #keep: Keep;
  readonly #client: string;
  /** Edits taken over from pages that are closed. */
  readonly #adopted = new Set<string>();
  #list: readonly Waiting[] = [];
  #n = 0;

  constructor(keep: Keep, client: string) {
    this.#keep = keep;
    this.#client = client;
  }

  get list(): readonly Waiting[] {
    return this.#list;
  }

  /** Names of the closed pages whose edits are among them. */
  get others(): readonly string[] {
    const clients = this.#list.map((one) => one.client);
    return [...new Set(clients)].filter((client) => client !== this.#client);
  }

  /** A new edit of this page. */
  add(edit: Edit, purpose: Purpose, epoch: string): Waiting {
    this.#n += 1;
    const one: Waiting = { client: this.#client, n: this.#n, edit, purpose, epoch };
    this.#list = [...this.#list, one];
    this.#keep.add(one);
    return one;
  }

  /** Take over what closed pages of this person could not send; whether there was anything. */
  adopt(): boolean {
    const fresh = this.#keep.leftovers().filter((one) => !this.#adopted.has(keyOf(one)));
    for (const one of fresh) this.#adopted.add(keyOf(one));
    // What was made before comes before.
    this.#list = [...fresh, ...this.#list];
    return fresh.length > 0;
  }

  /** The edit a message is about; the server puts the person before the name of a page. */
  of(message: JsonObject): Waiting | undefined {
    const page = textAt(message, "client") || this.#client;
    const isOf = (client: string) => page === client || page.endsWith(`:${client}`);
    return this.#list.find((one) => one.n === message.n && isOf(one.client));
  }

  /** An edit was answered. */
  settle(one: Waiting): void {
    this.#list = this.#list.filter((other) => other !== one);
    this.forget(one);
  }

  /** Edits made in another past of the map, which are not sent; they stay kept until forgotten. */
  takeStale(epoch: string): readonly Waiting[] {
    const stale = this.#list.filter((one) => one.epoch !== "" && one.epoch !== epoch);
    this.#list = this.#list.filter((one) => !stale.includes(one));
    return stale;
  }

  /** Its author knows of it. */
  forget({ client, n }: Waiting): void {
    this.#keep.remove(client, n);
  }
}

/** What tells an own edit from all others. */
export function keyOf({ client, n }: Waiting): string {
  return `${client}/${n}`;
}
