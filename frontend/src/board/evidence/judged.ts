/** What a check says of each card, found by its ref; and whether the card still says what was judged. */
import type {
  HeldSaid,
  MarkSaid,
  MeasuredSaid,
  MetStepSaid,
  VerdictsSaid,
} from "../../api/types/index.ts";
import type { Board, Card } from "../../doc/board.ts";
import { same } from "../../model/json.ts";

export type Verdict = MarkSaid["verdict"];
/** How the board is read: what the team believes, what the evidence says, where they differ. */
export type Mode = "belief" | "evidence" | "difference";
export const MODES = ["belief", "evidence", "difference"] as const;

/** Fewer cases settle nothing, as in the check. */
export const FEWEST = 10;

/** What a card is marked with. */
export interface CardMark {
  readonly ref: string;
  /** The verdict that is shown; the others stand behind it. */
  readonly main: MarkSaid;
  readonly all: readonly MarkSaid[];
  /** "changed" and "new" are no verdicts: the card says something else than was judged. */
  readonly sign: Sign;
  /** Whether belief and evidence differ here. */
  readonly differs: boolean;
}

export type Sign = Verdict | "changed" | "new" | "few";

const WEIGHT: Readonly<Record<Verdict, number>> = {
  refuted: 6,
  mixed: 5,
  stale: 4,
  confirmed: 3,
  unknown: 2,
  untestable: 1,
};

/** Marks and numbers of one answer. */
export class Judged {
  readonly said: VerdictsSaid;
  readonly #marks = new Map<string, CardMark>();
  readonly #changed = new Map<string, CardMark>();
  readonly #steps = new Map<string, MetStepSaid>();
  readonly #held = new Map<string, HeldSaid>();
  readonly #gaps = new Map<string, number>();
  readonly #dead: ReadonlySet<string>;
  readonly #unchecked: ReadonlySet<string>;
  /** The map as it was when the answer came. */
  readonly #base: Board | null;

  /** Marks that say the same as in `before` are the same objects, so that cards need not be drawn anew. */
  constructor(said: VerdictsSaid, base: Board | null, before: Judged | null = null) {
    this.said = said;
    this.#base = base;
    const byRef = new Map<string, MarkSaid[]>();
    for (const one of said.marks) {
      const here = byRef.get(one.ref);
      if (here) here.push(one);
      else byRef.set(one.ref, [one]);
    }
    for (const [ref, all] of byRef) {
      const mark = markOf(ref, all);
      const known = before ? before.#marks.get(ref) : undefined;
      if (mark) this.#marks.set(ref, known && same(known, mark) ? known : mark);
    }
    for (const one of said.steps) {
      const known = before ? before.#steps.get(one.ref) : undefined;
      this.#steps.set(one.ref, known && same(known, one) ? known : one);
    }
    for (const one of said.held) {
      const known = before ? before.#held.get(one.ref) : undefined;
      this.#held.set(one.ref, known && same(known, one) ? known : one);
    }
    for (const { kind, after } of said.missing) {
      const isDone = kind === "activity" || kind === "place" || kind === "move";
      if (isDone && after) this.#gaps.set(after, (this.#gaps.get(after) ?? 0) + 1);
    }
    this.#dead = new Set(said.dead.map((one) => one.ref));
    this.#unchecked = new Set(said.unchecked);
  }

  get isChecked(): boolean {
    return this.said.snapshot !== null;
  }

  /** What a card is marked with, null for nothing. The same object as long as nothing changes. */
  of(card: Card): CardMark | null {
    const mark = this.#marks.get(card.ref) ?? null;
    const before = this.#base?.find(card.ref);
    if (mark) {
      const isOther = before !== undefined && before !== card && !saysSame(before, card);
      return isOther ? this.#as(mark, "changed") : mark;
    }
    if (!this.isChecked || card.kind !== "statement") return null;
    const isNew = this.#unchecked.has(card.ref) || (this.#base !== null && !before);
    return isNew ? this.#as(fresh(card.ref), "new") : null;
  }

  /** Numbers of a step, null where nothing was measured. */
  step(ref: string): MetStepSaid | null {
    return this.#steps.get(ref) ?? null;
  }

  /** Promise, expectation and delivery as measured at a step or touchpoint, null where nothing was. */
  held(ref: string): HeldSaid | null {
    return this.#held.get(ref) ?? null;
  }

  /** How many activities customers do after a step that the map does not show. */
  gapsAfter(ref: string): number {
    return this.#gaps.get(ref) ?? 0;
  }

  isDead(ref: string): boolean {
    return this.#dead.has(ref);
  }

  /** Statements on a map that are not those that were judged. */
  changed(board: Board): number {
    let count = 0;
    for (const card of statementsOf(board)) {
      const sign = this.of(card)?.sign;
      if (sign === "changed" || sign === "new") count += 1;
    }
    return count;
  }

  #as(mark: CardMark, sign: "changed" | "new"): CardMark {
    const key = `${sign} ${mark.ref}`;
    let found = this.#changed.get(key);
    if (!found) {
      found = { ...mark, sign, differs: false };
      this.#changed.set(key, found);
    }
    return found;
  }
}

/** All statements of steps, stages and the map. */
export function* statementsOf(board: Board): Generator<Card> {
  yield* board.row("map", "statement");
  for (const stage of board.row("map", "stage")) {
    yield* board.row(stage.ref, "statement");
    for (const step of board.row(stage.ref, "step")) yield* board.row(step.ref, "statement");
  }
}

function markOf(ref: string, all: readonly MarkSaid[]): CardMark | null {
  const isOfStep = ref.startsWith("step:");
  // of what the shape of a map claims, only what is not as expected is worth a mark
  const worth = all.filter((one) => !one.is_implied || (isOfStep && one.verdict !== "untestable"));
  const sorted = [...worth].sort((one, other) => WEIGHT[other.verdict] - WEIGHT[one.verdict]);
  const [main] = sorted;
  if (!main) return null;
  const sign = signOf(main);
  return { ref, main, all: sorted, sign, differs: isDifferent(main) && sign !== "changed" };
}

function signOf(mark: MarkSaid): Sign {
  if (mark.is_changed) return "changed";
  const isFew = mark.verdict === "unknown" && (mark.number?.n ?? 0) > 0;
  return isFew && (mark.number?.n ?? 0) < FEWEST ? "few" : mark.verdict;
}

function isDifferent(mark: MarkSaid): boolean {
  const { verdict, was } = mark;
  if (verdict === "stale") return was?.now === "refuted" || was?.now === "mixed";
  return verdict === "refuted" || verdict === "mixed";
}

const NOTHING: MarkSaid = {
  ref: "",
  kind: "",
  claim: "",
  is_implied: false,
  verdict: "unknown",
  reason: "",
  number: null,
  source: "",
  window_from: "",
  window_to: "",
  further: null,
  proposal: "",
  advice: "",
  question: "",
  persona: "",
  due: "",
  was: null,
  segments: [],
  against: [],
  is_changed: false,
  limits: [],
};

function fresh(ref: string): CardMark {
  return { ref, main: { ...NOTHING, ref }, all: [], sign: "new", differs: false };
}

const MEANING = ["text", "score", "duration", "share", "claim", "persona"] as const;

/** Whether two states of a card claim the same. */
function saysSame(one: Card, other: Card): boolean {
  if (one.at !== other.at) return false;
  const fields = one.kind === "step" ? (["events"] as const) : MEANING;
  return fields.every((name) => same(one.fields[name] ?? null, other.fields[name] ?? null));
}

/** How far what was felt lies from what is assumed, null where that is within chance. */
export function gapOf(assumed: number | null, felt: MeasuredSaid | null): number | null {
  if (assumed === null || felt?.value === null || felt?.value === undefined) return null;
  const { value, low, high, n } = felt;
  const isInside = low !== null && high !== null && low - 0.5 <= assumed && assumed <= high + 0.5;
  return n < FEWEST || isInside ? null : value - assumed;
}
