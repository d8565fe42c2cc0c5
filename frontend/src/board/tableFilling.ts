/** A board that is filled from a table: what it has by name is used, what it lacks is added. */
import { applyEdit } from "../doc/apply.ts";
import type { Board, Card } from "../doc/board.ts";
import type { Edit } from "../doc/commands.ts";
import { fieldsOf, type Said, saidIn } from "./cellText.ts";
import { lanesOf, nameOf, scoreOf, TOUCHPOINTS, textOf, textsOf } from "./grid.ts";
import { addLane } from "./lanes.ts";
import { addStage, addStatement, addStep, newId, type Random } from "./making.ts";
import { oneLine, type TableWords } from "./table.ts";

/** How many of each were added. */
export interface Counts {
  lanes: number;
  stages: number;
  steps: number;
  statements: number;
  touchpoints: number;
}

export class Filling {
  readonly edits: Edit[] = [];
  readonly added: Counts = { lanes: 0, stages: 0, steps: 0, statements: 0, touchpoints: 0 };
  readonly #random: Random;
  readonly #words: TableWords;
  /** Stages, steps and statements that stand for a head or a line already. */
  readonly #used = new Set<string>();
  #board: Board;
  #lastStage: Card | null = null;
  readonly #lastSteps = new Map<string, Card>();

  constructor(board: Board, random: Random, words: TableWords) {
    this.#board = board;
    this.#random = random;
    this.#words = words;
  }

  /** Name of the lane a head means, as the board has it. */
  lane(head: string): string {
    const names = lanesOf(this.#board).map((lane) => lane.name);
    const meant = names.find((name) => key(name) === key(head));
    const called = names.find((name) => key(this.#words.laneName(name)) === key(head));
    const known = meant ?? called;
    if (known !== undefined) return known;
    const edit = addLane(this.#board, head);
    if (edit) {
      this.#make(edit);
      this.added.lanes += 1;
    }
    return head;
  }

  /** Ref of the next stage of a name. */
  stage(name: string): string {
    const known = this.#next(this.#board.row("map", "stage"), name);
    const ref =
      known ?? this.#add(() => addStage(this.#board, name, this.#lastStage, this.#random));
    if (!known) this.added.stages += 1;
    this.#used.add(ref);
    this.#lastStage = this.#board.card(ref);
    return ref;
  }

  /** Ref of the next step of a name in a stage. */
  step(stage: string, name: string): string {
    const last = this.#lastSteps.get(stage) ?? this.#board.row(stage, "step").at(-1) ?? null;
    const known = this.#next(this.#board.row(stage, "step"), name);
    const ref = known ?? this.#add(() => addStep(this.#board, stage, name, last, this.#random));
    if (!known) this.added.steps += 1;
    this.#used.add(ref);
    this.#lastSteps.set(stage, this.#board.card(ref));
    return ref;
  }

  /** What a cell says, put into a lane of a step, a stage or the map, unless it is there. */
  cell(at: string, lane: string, text: string, isScored: boolean): void {
    for (const said of saidIn(text, isScored)) {
      if (this.#isThere(at, lane, said)) continue;
      if (lane === TOUCHPOINTS && at.startsWith("step:")) this.#touch(at, oneLine(said.text));
      else {
        this.#add(() => addStatement(at, lane, fieldsOf(said), this.#random));
        this.added.statements += 1;
      }
    }
  }

  #isThere(at: string, lane: string, said: Said): boolean {
    const known = this.#board.row(at, "statement", lane).find((card) => {
      const isSame = textOf(card.fields.text).trim() === said.text && scoreOf(card) === said.score;
      return isSame && !this.#used.has(card.ref);
    });
    if (known) this.#used.add(known.ref);
    return known !== undefined;
  }

  /** A touchpoint of a step, by its name. */
  #touch(step: string, name: string): void {
    const ids = textsOf(this.#board.card(step).fields.touchpoints);
    const known = this.#board
      .row("map", "touchpoint")
      .find((card) => key(oneLine(nameOf(card))) === key(name) || card.id === name);
    if (known && ids.includes(known.id)) return;
    if (!known && ids.includes(name)) return;
    const ref = known?.ref ?? `touchpoint:${newId(name, this.#random)}`;
    if (!known) {
      this.#make({ do: "add", ref, place: { at: "map" }, fields: { name } });
      this.added.touchpoints += 1;
    }
    const value = [...ids, ref.slice("touchpoint:".length)];
    const was = ids.length ? ids : null;
    this.#make({ do: "change", ref: step, field: "touchpoints", value, was });
  }

  #next(row: readonly Card[], name: string): string | undefined {
    return row.find((card) => !this.#used.has(card.ref) && key(oneLine(nameOf(card))) === key(name))
      ?.ref;
  }

  /** Make what adds a card, with another id where there is one of it already. */
  #add(make: () => { readonly edit: Edit; readonly ref: string }): string {
    let made = make();
    while (this.#board.find(made.ref)) made = make();
    this.#make(made.edit);
    this.#used.add(made.ref);
    return made.ref;
  }

  #make(edit: Edit): void {
    const done = applyEdit(this.#board, edit);
    this.#board = done.board;
    this.edits.push(done.edit.do === "change" ? edit : done.edit);
  }
}

function key(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
