/** A server of one map in memory, for tests of pages: it puts edits in order and answers. */

import { isObject, type Json, type JsonObject, parsed, textAt } from "../../model/json.ts";
import { applyEdit } from "../apply.ts";
import { Board, newCard } from "../board.ts";
import { editOf } from "../commands.ts";
import { EditRefused } from "../refused.ts";
import type { PlayPage } from "./page.ts";

const TOP = { at: "", pos: "", lane: "" };

export class PlayServer {
  board: Board;
  epoch = "e1";
  seq = 0;
  /** Words with which every edit is refused, "" for none. */
  refusal = "";
  readonly log: JsonObject[] = [];
  readonly #here = new Map<PlayPage, string>();
  readonly #sent = new Map<string, number>();

  constructor(map = "shop", title = "I order") {
    this.board = Board.of(map, [newCard("map", { title }, TOP)]);
  }

  /** The page gets through and hears the map. */
  connect(page: PlayPage): void {
    page.open();
    this.read(page);
  }

  /** The line to a page breaks; what it says until then is lost. */
  lose(page: PlayPage): void {
    this.#here.delete(page);
    page.told();
    page.drop();
  }

  /** Take what a page said. */
  read(page: PlayPage): void {
    for (const text of page.told().said) {
      const message = parsed(text);
      if (!isObject(message)) continue;
      if (message.say === "edit") this.#edit(page, message);
      else if (message.say === undefined) this.#hello(page, message);
    }
  }

  #hello(page: PlayPage, message: JsonObject): void {
    const client = textAt(message, "client");
    this.#here.set(page, client);
    const isKnown = message.epoch === this.epoch && typeof message.seq === "number";
    const missed = this.log.slice(typeof message.seq === "number" ? message.seq : 0);
    const news: JsonObject = isKnown ? { edits: missed } : { board: this.board.toData() };
    const { epoch, seq } = this;
    const sent = this.#sent.get(client) ?? 0;
    const told = { say: "hello", page: client, epoch, seq, sent, role: "editor", lanes: [] };
    page.hear(JSON.stringify([{ ...told, ...news }]));
    this.read(page);
  }

  #edit(page: PlayPage, message: JsonObject): void {
    const client = textAt(message, "client") || this.#here.get(page) || "";
    const n = typeof message.n === "number" ? message.n : 0;
    const known = this.log.find((one) => one.client === client && one.n === n);
    if (known) {
      this.#tell(page, { ...known, say: "saved" });
      return;
    }
    try {
      if (this.refusal) throw new EditRefused("E708", this.refusal);
      const done = applyEdit(this.board, editOf(message.edit));
      this.board = done.board;
      this.seq += 1;
      this.#sent.set(client, n);
      const { edit, inverse, replaced } = done;
      const entry: JsonObject = JSON.parse(
        JSON.stringify({
          say: "edit",
          seq: this.seq,
          by: client,
          client,
          n,
          edit,
          inverse,
          replaced,
        }),
      );
      this.log.push(entry);
      for (const one of this.#here.keys()) {
        this.#tell(one, one === page ? { ...entry, say: "saved" } : entry);
      }
    } catch (error) {
      if (!(error instanceof EditRefused)) throw error;
      const { code, what: why } = error;
      this.#tell(page, { say: "denied", client, n, code, why });
    }
  }

  #tell(page: PlayPage, message: Json): void {
    page.hear(JSON.stringify([message]));
  }
}
