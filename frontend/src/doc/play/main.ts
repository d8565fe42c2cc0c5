/** Pages for a player in another process: a command per line in, an answer per line out. */

import { createInterface } from "node:readline";
import { isList, isObject, type Json, type JsonObject, parsed, textAt } from "../../model/json.ts";
import { positionBetween } from "../positions.ts";
import { EditRefused } from "../refused.ts";
import { mergeTexts } from "../threeWay.ts";
import { Chance } from "./chance.ts";
import { PlayPage } from "./page.ts";

let pages: PlayPage[] = [];

function numberAt(data: JsonObject, key: string): number {
  const value = data[key];
  return typeof value === "number" ? value : 0;
}

function answer(command: JsonObject): Json {
  const what = textAt(command, "do");
  if (what === "begin") {
    const seed = numberAt(command, "seed");
    pages = Array.from(
      { length: numberAt(command, "pages") },
      (_, n) => new PlayPage(textAt(command, "map"), `page${n}`, new Chance(seed * 16 + n)),
    );
    return null;
  }
  if (what === "merge") return merged(command.texts);
  if (what === "between") return between(command.pairs);
  const page = pages[numberAt(command, "page")];
  if (!page) throw new Error("there is no such page");
  switch (what) {
    case "open":
      page.open();
      break;
    case "hear":
      page.hear(JSON.stringify(command.frame));
      break;
    case "drop":
      page.drop(numberAt(command, "code"), textAt(command, "why"));
      break;
    case "act":
      page.act();
      break;
    case "wait":
      page.clock.pass(numberAt(command, "ms"));
      break;
    case "reload":
      page.reload();
      break;
    case "look":
      return page.look();
    default:
      throw new Error(`there is no command ${what}`);
  }
  const { said, hung } = page.told();
  return { said: said.map(parsed), hung, state: page.session.getSnapshot().state };
}

function merged(texts: Json | undefined): Json {
  return (isList(texts) ? texts : []).map((row) => {
    const [old, mine, theirs] = (isList(row) ? row : []).map(String);
    return mergeTexts(old ?? "", mine ?? "", theirs ?? "");
  });
}

function between(pairs: Json | undefined): Json {
  return (isList(pairs) ? pairs : []).map((row) => {
    const [before, after] = (isList(row) ? row : []).map(String);
    try {
      return positionBetween(before ?? "", after ?? "");
    } catch (error) {
      if (error instanceof EditRefused) return error.code;
      throw error;
    }
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = parsed(line);
  if (!isObject(command)) throw new Error("this is not a command");
  process.stdout.write(`${JSON.stringify(answer(command))}\n`);
}
