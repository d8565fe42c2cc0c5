/** A small map for tests. */
import { Board, type Card, newCard } from "../doc/board.ts";
import type { JsonObject } from "../model/json.ts";

const card = (ref: string, fields: JsonObject, at = "map", pos = "a0", lane = ""): Card =>
  newCard(ref, fields, { at, pos, lane });

/** Two stages, three steps, lanes pains and emotion listed, one lane (gains) only used. */
export function exampleBoard(): Board {
  return Board.of("shop", [
    newCard("map", { title: "I order" }, { at: "", pos: "", lane: "" }),
    card("lane:pains", {}, "map", "a0"),
    card("lane:emotion", {}, "map", "a1"),
    card("persona:jana", { name: "Jana" }, "map", "a0"),
    card("stage:find", { name: "Find" }, "map", "a0"),
    card("stage:buy", { name: "Buy" }, "map", "a1"),
    card("step:search", { name: "I search", touchpoints: ["web"] }, "stage:find", "a0"),
    card("step:compare", { name: "I compare" }, "stage:find", "a1"),
    card("step:pay", { name: "I pay", next: [{ step: "search", loop: true }] }, "stage:buy", "a0"),
    card("touchpoint:web", { name: "Web shop", technology: ["search engine"] }, "map", "a0"),
    card("statement:slow", { text: "It is slow" }, "step:search", "a0", "pains"),
    card("statement:empty", { text: "It finds nothing" }, "step:search", "a1", "pains"),
    card("statement:mood", { score: -1 }, "step:search", "a2", "emotion"),
    card("statement:jana", { score: 1.5, persona: "jana" }, "step:pay", "a0", "emotion"),
    card("statement:easy", { text: "It is easy" }, "step:pay", "a1", "gains"),
    card("statement:all", { text: "Nobody helps" }, "stage:buy", "a0", "pains"),
  ]);
}

/** A random number that is always the same. */
export const half = () => 0.5;
