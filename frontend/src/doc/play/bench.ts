/** How quick the document is: `node src/doc/play/bench.ts`. */

import { applyEdit } from "../apply.ts";
import { Board } from "../board.ts";
import type { Edit } from "../commands.ts";
import { mergeTexts } from "../threeWay.ts";
import { Chance } from "./chance.ts";
import { PlayPage } from "./page.ts";
import { PlayServer } from "./server.ts";
import { someEdit } from "./someEdit.ts";

const STEPS = 40;
const LANES = 12;
const EDITS = 5000;
const OFFLINE = 500;

function edits(): Edit[] {
  const found: Edit[] = [];
  for (let lane = 0; lane < LANES; lane += 1) found.push({ do: "add", ref: `lane:${lane}` });
  for (let stage = 0; stage < STEPS / 5; stage += 1) {
    found.push({ do: "add", ref: `stage:${stage}`, fields: { name: `Stage ${stage}` } });
  }
  for (let step = 0; step < STEPS; step += 1) {
    const at = `stage:${Math.floor(step / 5)}`;
    found.push({ do: "add", ref: `step:${step}`, place: { at }, fields: { name: `Step ${step}` } });
    for (let lane = 0; lane < LANES; lane += 1) {
      const place = { at: `step:${step}`, lane: String(lane) };
      const fields = { text: `What customers say of ${step} in lane ${lane}` };
      found.push({ do: "add", ref: `statement:${step}-${lane}`, place, fields });
    }
  }
  return found;
}

function timed(what: string, count: number, act: () => void): void {
  const start = performance.now();
  act();
  const ms = performance.now() - start;
  const each = (ms * 1000) / count;
  process.stdout.write(`${what}: ${ms.toFixed(1)} ms, ${each.toFixed(1)} µs each\n`);
}

function tried(board: Board, edit: Edit): Board {
  try {
    return applyEdit(board, edit).board;
  } catch {
    return board;
  }
}

let board = new PlayServer().board;
timed("fill 480 statements", 540, () => {
  for (const edit of edits()) board = applyEdit(board, edit).board;
});
const data = board.toData();
timed("read the board of 480 statements", 1, () => {
  Board.fromData(data);
});
timed("read all rows", STEPS * LANES, () => {
  for (let step = 0; step < STEPS; step += 1) {
    for (let lane = 0; lane < LANES; lane += 1) {
      board.row(`step:${step}`, "statement", String(lane));
    }
  }
});
const chance = new Chance(1);
const some = Array.from({ length: EDITS }, () => someEdit(board, chance));
timed("apply 5,000 edits of all kinds", EDITS, () => {
  for (const edit of some) board = tried(board, edit);
});

const server = new PlayServer();
for (const edit of edits()) server.board = applyEdit(server.board, edit).board;
const page = new PlayPage("shop", "ann", chance);
server.connect(page);
timed("500 edits offline", OFFLINE, () => {
  server.lose(page);
  for (let n = 0; n < OFFLINE; n += 1) {
    const ref = `statement:${n % STEPS}-${n % LANES}`;
    page.edit({ do: "change", ref, field: "text", value: `Words ${n}` });
  }
});
timed("500 edits back online, each answered alone", OFFLINE, () => server.connect(page));
const text = Array.from({ length: 2000 }, (_, n) => `word${n % 300}`).join(" ");
timed("merge two changes of a text of 2,000 words", 1, () => {
  mergeTexts(text, `New ${text}`, `${text} end`);
});
