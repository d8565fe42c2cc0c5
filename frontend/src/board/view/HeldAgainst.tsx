import type { HeldSaid, MeasuredSaid } from "../../api/types/index.ts";
import type { Board, Card } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { type Held, heldOf, type Promised } from "../evidence/held.ts";
import type { Judged } from "../evidence/judged.ts";
import { numberWords } from "../evidence/numbers.ts";
import { GapShape, SignShape } from "./Mark.tsx";
import { gapWords, signWords } from "./markWords.ts";
import { useMapLang } from "./useBoard.ts";
import { useEvidenceLook, useMark } from "./useEvidence.ts";

/** Promise, expectation and delivery of a step or touchpoint side by side; nothing on a board read as belief. */
export function HeldAgainst({ board, card }: { board: Board; card: Card }) {
  const { say } = useWords();
  const { mode, judged } = useEvidenceLook();
  if (mode === "belief" || !judged?.isChecked) return null;
  const found = heldOf(board, judged, card);
  if (found.length === 0) return null;
  return (
    <section className="held-against">
      <h3>{say("held_title")}</h3>
      {found.map((one) => (
        <Place key={one.ref} held={one} judged={judged} isOther={one.ref !== card.ref} />
      ))}
    </section>
  );
}

function Place({ held, judged, isOther }: { held: Held; judged: Judged; isOther: boolean }) {
  const { say } = useWords();
  const lang = useMapLang();
  const { said } = held;
  return (
    <div className="held-place">
      {isOther ? (
        <p className="held-name" dir="auto" lang={lang}>
          {held.name}
        </p>
      ) : null}
      <dl className="held-sides">
        <div>
          <dt>{say("held_promised")}</dt>
          {held.promised.length === 0 ? <dd className="soft">{say("held_nothing")}</dd> : null}
          {held.promised.map((one) => (
            <Kept key={`${one.card.ref} ${one.text}`} promised={one} made={said?.made ?? null} />
          ))}
        </div>
        <Side title={say("held_expected")} texts={held.expected} felt={said?.expected ?? null} />
        <Side title={say("held_got")} texts={held.got} felt={said?.delivered ?? null} />
      </dl>
      {said?.gap ? <Gap said={said} /> : null}
      {said ? <Source said={said} judged={judged} /> : null}
    </div>
  );
}

/** A promise with its verdict, and for how many it was kept. */
function Kept({ promised, made }: { promised: Promised; made: MeasuredSaid | null }) {
  const words = useWords();
  const { say } = words;
  const lang = useMapLang();
  const mark = useMark(promised.card);
  const { kept } = promised;
  return (
    <dd>
      <p dir="auto" lang={lang}>
        {promised.text}
      </p>
      {mark ? (
        <p className="evidence-verdict" data-sign={mark.sign}>
          <SignShape sign={mark.sign} />
          <strong>{signWords(words, mark.sign)}</strong>
        </p>
      ) : null}
      <p className="held-number">
        {kept ? say("held_kept", { number: numberWords(words, kept) }) : say("held_untold")}
      </p>
      {made && made.value !== null ? (
        <p className="held-number">{say("held_made", { number: numberWords(words, made) })}</p>
      ) : null}
    </dd>
  );
}

type SideProps = { title: string; texts: readonly string[]; felt: MeasuredSaid | null };

function Side({ title, texts, felt }: SideProps) {
  const words = useWords();
  const { say } = words;
  const lang = useMapLang();
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {texts.map((text) => (
          <p key={text} dir="auto" lang={lang}>
            {text}
          </p>
        ))}
        <p className="held-number">
          {felt && felt.value !== null
            ? say("held_felt", { number: numberWords(words, felt) })
            : say("nobody_asked")}
        </p>
      </dd>
    </div>
  );
}

function Gap({ said }: { said: HeldSaid }) {
  const words = useWords();
  return (
    <p className="held-gap" data-sign={said.sign}>
      <GapShape sign={said.sign} />
      <span>
        <strong>{gapWords(words, said)}</strong>{" "}
        {words.say(said.is_paired ? "held_paired" : "held_unpaired")}
      </span>
    </p>
  );
}

function Source({ said, judged }: { said: HeldSaid; judged: Judged }) {
  const words = useWords();
  const { say } = words;
  const names = judged.said.snapshot?.sources.map((one) => one.name).join(", ") ?? "";
  const kinds = [
    said.kept.length > 0 || said.made ? say("source_events") : "",
    said.expected || said.delivered ? say("source_feedback") : "",
  ];
  const from = kinds.filter((one) => one).join("; ");
  const days = said.window_from
    ? say("between", {
        low: words.day(said.window_from),
        high: words.day(said.window_to),
      })
    : "";
  const told = [`${say("mark_source")}: ${from}${names ? ` (${names})` : ""}`, days];
  return (
    <p className="soft small" dir="auto">
      {told.filter((one) => one).join(" · ")}
    </p>
  );
}
