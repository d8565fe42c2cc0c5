import type { AgainstSaid, MarkSaid, QuotedSaid } from "../../api/types/index.ts";
import type { Board, Card } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import type { Words } from "../../ui/words/words.ts";
import { FEWEST, type Judged, type Sign } from "../evidence/judged.ts";
import { numberWords } from "../evidence/numbers.ts";
import { quotesOf } from "../evidence/tone.ts";
import { nameOf } from "../grid.ts";
import { personasOf } from "./drawn.ts";
import { HeldAgainst } from "./HeldAgainst.tsx";
import { SignShape } from "./Mark.tsx";
import { furtherWords, kindWords, segmentWords, signWords } from "./markWords.ts";
import { useEvidenceLook, useMark } from "./useEvidence.ts";

const MOST_QUOTES = 3;
const MS = 1000;

/** Everything that is known of a card: verdicts with number, reason and source, then numbers and quotes. */
export function EvidenceOf({ board, card }: { board: Board; card: Card }) {
  const { judged } = useEvidenceLook();
  const mark = useMark(card);
  const words = useWords();
  const { say } = words;
  if (!judged) return null;
  const quotes = quotesOf(judged, card, mark?.main ?? null).slice(0, MOST_QUOTES);
  const sign = mark?.sign;
  return (
    <div className="evidence-of">
      {mark && (sign === "changed" || sign === "new") ? (
        <p className="evidence-verdict" data-sign={sign}>
          <SignShape sign={sign} />
          <strong>{signWords(words, sign)}</strong>: {say(`legend_${sign}`)}
        </p>
      ) : null}
      {mark?.all.map((one) => (
        <Verdict
          key={`${one.kind} ${one.claim}`}
          mark={one}
          board={board}
          judged={judged}
          isPast={sign === "changed"}
        />
      ))}
      {card.kind === "step" ? <Met board={board} judged={judged} at={card.ref} /> : null}
      <HeldAgainst board={board} card={card} />
      {quotes.length > 0 ? (
        <>
          <h3>{say("mark_quotes")}</h3>
          {quotes.map((one) => (
            <Quote key={one.text} quote={one} />
          ))}
        </>
      ) : null}
    </div>
  );
}

function Verdict(props: { mark: MarkSaid; board: Board; judged: Judged; isPast: boolean }) {
  const { mark, board, judged, isPast } = props;
  const words = useWords();
  const { say } = words;
  const n = mark.number?.n ?? 0;
  const isFew = mark.verdict === "unknown" && n > 0 && n < FEWEST;
  const sign: Sign = isFew ? "few" : mark.verdict;
  const rows = rowsOf(words, mark, board, judged).filter(([, told]) => told !== "");
  return (
    <section className="evidence-one" data-past={isPast}>
      <p className="evidence-verdict" data-sign={sign}>
        <SignShape sign={sign} />
        <span>
          {mark.is_implied ? `${kindWords(words, mark.kind)}: ` : ""}
          <strong>{signWords(words, sign)}</strong>
          {`: ${say(`legend_${sign}`)}`}
        </span>
      </p>
      <dl className="evidence-rows">
        {rows.map(([key, told]) => (
          <div key={key}>
            <dt>{say(key)}</dt>
            <dd dir="auto">{told}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

type Key =
  | "mark_claim"
  | "mark_measured"
  | "mark_why"
  | "mark_for"
  | "mark_source"
  | "mark_window"
  | "mark_checked"
  | "mark_segments"
  | "mark_against"
  | "mark_was"
  | "mark_settle"
  | "mark_word"
  | "mark_due";
type Row = readonly [Key, string];

function rowsOf(words: Words, mark: MarkSaid, board: Board, judged: Judged): readonly Row[] {
  const { say } = words;
  const { number, was } = mark;
  const { snapshot, group } = judged.said;
  const personas = personasOf(board);
  const days = mark.window_from
    ? say("between", {
        low: words.day(mark.window_from),
        high: words.day(mark.window_to),
      })
    : "";
  const sources = snapshot?.sources.map((one) => one.name).join(", ") ?? "";
  const settle = [furtherWords(words, mark), mark.advice, mark.question].filter((one) => one);
  return [
    ["mark_claim", mark.is_implied ? say("mark_implied") : mark.claim],
    [
      "mark_measured",
      number && number.value !== null ? numberWords(words, number, mark.limits) : "",
    ],
    // what segments say stands in a row of its own, in words
    ["mark_why", mark.verdict === "mixed" ? "" : mark.reason],
    ["mark_for", ofWhom(mark, group?.segment ?? "", personas)],
    [
      "mark_source",
      number ? `${sourceWords(words, mark.source)}${sources ? ` (${sources})` : ""}` : "",
    ],
    ["mark_window", number ? days : ""],
    ["mark_checked", snapshot ? words.date(snapshot.made_us / MS) : ""],
    [
      "mark_segments",
      mark.segments
        .map(
          ({ segment, verdict }) => `${segmentWords(segment, personas)}: ${wordOf(words, verdict)}`,
        )
        .join("; "),
    ],
    ["mark_against", mark.against.map((one) => againstWords(words, one, personas)).join("; ")],
    [
      "mark_was",
      was
        ? `${signWords(words, was.verdict)}, ${numberWords(words, was.number, mark.limits)}, ${words.day(was.window_to)}; ${say("mark_now", { verdict: signWords(words, was.now) })}`
        : "",
    ],
    ["mark_settle", settle.join(" · ")],
    ["mark_word", mark.proposal],
    ["mark_due", mark.due ? words.day(mark.due) : ""],
  ];
}

/** Whose number it is: that of the chosen group, or of the persona a statement is about. */
function ofWhom(mark: MarkSaid, segment: string, personas: ReadonlyMap<string, string>): string {
  const persona = mark.persona ? (personas.get(mark.persona) ?? mark.persona) : "";
  const group = segment ? segmentWords(segment, personas) : "";
  return [group, persona].filter((one, at, all) => one && all.indexOf(one) === at).join(" · ");
}

const WORDS = ["confirmed", "refuted", "mixed", "unknown", "stale", "untestable"] as const;

function wordOf(words: Words, verdict: string): string {
  const known = WORDS.find((one) => one === verdict);
  return known ? signWords(words, known) : verdict;
}

function sourceWords(words: Words, source: string): string {
  return words.say(source.startsWith("feedback") ? "source_feedback" : "source_events");
}

const AGAINST = ["segment", "window", "earlier", "people", "item"] as const;

function againstWords(
  words: Words,
  one: AgainstSaid,
  personas: ReadonlyMap<string, string>,
): string {
  const kind = AGAINST.find((known) => known === one.kind);
  const name = one.kind === "segment" ? segmentWords(one.name, personas) : one.name;
  const head = kind ? `${words.say(`against_${kind}`)} ${name}` : name;
  const number = one.number ? `, ${numberWords(words, one.number)}` : "";
  return `${head}: ${wordOf(words, one.verdict)}${number}`;
}

/** The numbers of a step. */
function Met({ board, judged, at }: { board: Board; judged: Judged; at: string }) {
  const words = useWords();
  const { say } = words;
  const step = judged.step(at);
  if (!step) return null;
  const before = board.find(step.time_from);
  const rows = [
    [say("fact_reach"), step.reach],
    [say("fact_left"), step.left],
    [say("fact_again"), step.again],
    [say("fact_time", { step: before ? nameOf(before) : "…" }), step.time],
    [say("fact_felt"), step.felt],
  ] as const;
  return (
    <dl className="evidence-rows">
      {rows.map(([told, number]) =>
        number && number.value !== null ? (
          <div key={told}>
            <dt>{told}</dt>
            <dd>{numberWords(words, number)}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}

function Quote({ quote }: { quote: QuotedSaid }) {
  const words = useWords();
  const about = [
    quote.theme.replaceAll("_", " "),
    quote.channel,
    quote.day && words.day(quote.day),
    quote.by_last ? words.say("quote_by_last") : "",
  ];
  return (
    <figure className="evidence-quote">
      <blockquote lang={quote.language} dir="auto">
        {quote.text}
      </blockquote>
      <figcaption>{about.filter((one) => one).join(" · ")}</figcaption>
    </figure>
  );
}
