import { useSyncExternalStore } from "react";
import type { ColumnSaid, ProofSaid, ScoreSaid } from "../../../api/types/data.ts";
import type { MapSession } from "../../../doc/session.ts";
import { textAt } from "../../../model/json.ts";
import { SelectField } from "../../../ui/Fields.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import type { PlainKey, Words } from "../../../ui/words/words.ts";
import { useMany } from "./many.tsx";
import { type AboutProps, Examples, type ReadingProps } from "./Reading.tsx";
import { columnOf } from "./told.ts";

const SCALES: Readonly<Record<string, PlainKey>> = {
  nps: "scale_nps",
  "csat-5": "scale_csat_5",
  "csat-7": "scale_csat_7",
  "ces-5": "scale_ces_5",
  "ces-7": "scale_ces_7",
  "stars-5": "scale_stars_5",
  "rating-0-10": "scale_rating_0_10",
  "rating-1-10": "scale_rating_1_10",
  sentiment: "scale_sentiment",
  emotion: "scale_emotion",
};
const NONE = "-";
const TEXT = "text";
/** A column of the file says it, row by row. */
const BY_ROW = "row";
const GIVEN = "given";

/** Which columns hold answers, and on which scale. */
export function Scores({ session, proof, change, about }: ReadingProps & AboutProps) {
  const words = useWords();
  const { say } = words;
  const places = usePlaces(session);
  const at = columnOf(proof, "at");
  const anyPlace = at ? say("proof_about_row", { name: at }) : say("proof_about_any");
  const played = new Set(proof.roles.map((one) => one.column));
  const isLong = proof.roles.some((one) => one.role === "question");
  const rest = proof.columns.filter((one) => !played.has(one.name));
  const names = rest.map((one) => one.name);
  // those that hold answers first, where there are many others
  const sorted = [...rest.filter((one) => one.role), ...rest.filter((one) => !one.role)];
  const { shown, search, more } = useMany(sorted, (one) => one.name, say("many_search"));
  const aboutField = (column: ColumnSaid, label: string) => (
    <SelectField
      label={label}
      choices={[{ id: NONE, words: anyPlace }, ...places]}
      chosen={aboutOf(proof, column.name)}
      onChoose={(id) => {
        const abouts = aboutsWith(proof, names, column.name, id);
        if (!change) about?.({ abouts });
        else change({ ...answersWith(proof, names), abouts });
      }}
    />
  );
  if (!change || isLong) {
    const asked = about && !isLong ? rest.filter((one) => one.role === "score") : [];
    return (
      <>
        <ul className="proof-scores">
          {proof.scores.map((one) => (
            <li key={`${one.question} ${one.scale}`}>
              <Score score={one} proof={proof} />
            </li>
          ))}
        </ul>
        {asked.length ? (
          <div className="proof-roles">
            {asked.map((one) => (
              <div key={one.name} className="proof-role">
                {aboutField(one, say("about_of", { name: one.name }))}
              </div>
            ))}
          </div>
        ) : null}
      </>
    );
  }
  return (
    <fieldset className="proof-scales">
      <legend className="field-label">{say("proof_scores")}</legend>
      {search}
      <div className="proof-roles">
        {shown.map((column) => (
          <div key={column.name} className="proof-role">
            <SelectField
              label={say("proof_scale", { name: column.name })}
              choices={scaleChoices(proof, column.name).map((id) => ({
                id,
                words: scaleWords(id, proof, words),
              }))}
              chosen={scaleOf(proof, column.name)}
              onChoose={(scale) => change(answersWith(proof, names, [column.name, scale]))}
            />
            {column.examples.length && scaleOf(proof, column.name) !== TEXT ? (
              <Examples examples={column.examples.join(", ")} />
            ) : null}
            {column.role === "score" ? aboutField(column, say("proof_about")) : null}
          </div>
        ))}
      </div>
      {more}
    </fieldset>
  );
}

/** Steps and touchpoints that answers can be about. */
function usePlaces(session: MapSession) {
  const { board } = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const cards = board
    ? [
        ...board.row("map", "stage").flatMap((stage) => board.row(stage.ref, "step")),
        ...board.row("map", "touchpoint"),
      ]
    : [];
  return cards.map((one) => ({ id: `=${one.id}`, words: textAt(one.fields, "name") || one.id }));
}

function scaleChoices(proof: ProofSaid, column: string): readonly string[] {
  const byRow = columnOf(proof, "scale") ? [BY_ROW] : [];
  return [...new Set([NONE, TEXT, ...byRow, ...Object.keys(SCALES), scaleOf(proof, column)])];
}

function scaleWords(id: string, proof: ProofSaid, { say }: Words): string {
  if (id === NONE) return say("proof_not_used");
  if (id === TEXT) return say("proof_words");
  if (id === BY_ROW) return say("proof_scale_row", { name: columnOf(proof, "scale") });
  const known = SCALES[id];
  return say("proof_scale_found", { scale: known ? say(known) : id });
}

/** Scale of a column, "text" for words, "row" where each row names its own, "-" where it is not used. */
function scaleOf(proof: ProofSaid, column: string): string {
  const role = proof.columns.find((one) => one.name === column)?.role;
  if (role === TEXT) return TEXT;
  if (role !== "score") return NONE;
  const found = proof.scores.filter((one) => one.question === column);
  if (columnOf(proof, "scale") && found.every((one) => one.why !== GIVEN)) return BY_ROW;
  return found[0]?.scale || "csat-5";
}

/** How all columns are read, one of them as it is said now. */
function answersWith(proof: ProofSaid, names: readonly string[], said?: readonly [string, string]) {
  const now = new Map(names.map((name) => [name, scaleOf(proof, name)]));
  if (said) now.set(...said);
  const scores: Record<string, string> = {};
  const texts: string[] = [];
  for (const [name, one] of now) {
    if (one === TEXT) texts.push(name);
    else if (one !== NONE) scores[name] = one === BY_ROW ? "" : one;
  }
  return { scores, texts };
}

/** The step or touchpoint that answers of a column are about, "-" for none. */
function aboutOf(proof: ProofSaid, column: string): string {
  const at = proof.scores.find((one) => one.question === column)?.at;
  return at ? `=${at}` : NONE;
}

function aboutsWith(proof: ProofSaid, names: readonly string[], column: string, id: string) {
  const abouts: Record<string, string> = {};
  for (const name of names) {
    const about = name === column ? id : aboutOf(proof, name);
    if (about !== NONE) abouts[name] = about.slice(1);
  }
  return abouts;
}

function Score({ score, proof }: { score: ScoreSaid; proof: ProofSaid }) {
  const words = useWords();
  const { say } = words;
  return (
    <>
      <span dir="auto">{say("proof_scale", { name: score.question })}</span>{" "}
      {scaleWords(score.scale || TEXT, proof, words)} ·{" "}
      {say("data_count_answers", { count: score.answered })}
      {score.unusable ? ` · ${say("proof_unusable", { count: score.unusable })}` : null}
    </>
  );
}
