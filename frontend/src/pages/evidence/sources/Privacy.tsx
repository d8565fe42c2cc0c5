import type { ColumnSaid, ProofSaid } from "../../../api/types/data.ts";
import { SelectField } from "../../../ui/Fields.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import { useMany } from "./many.tsx";
import type { Change } from "./SourcePage.tsx";
import { isPrivate, privateWhy } from "./told.ts";

type PrivacyProps = { proof: ProofSaid; change: Change | undefined };

/** What becomes of columns that speak of people, decided before the file is used. */
export function Privacy({ proof, change }: PrivacyProps) {
  const { say } = useWords();
  if (!change) return null;
  const some = proof.columns.filter(isPrivate);
  const rest = proof.columns.filter((one) => !isPrivate(one) && one.choices.length > 1);
  return (
    <section className="proof-part" aria-labelledby="proof-private">
      <h3 id="proof-private">{say("private_title")}</h3>
      <p className="soft">{say(some.length ? "private_more" : "private_none")}</p>
      <Columns columns={some} change={change} />
      {rest.length ? (
        <details>
          <summary>{say("private_all")}</summary>
          <Columns columns={rest} change={change} />
        </details>
      ) : null}
    </section>
  );
}

function Columns({ columns, change }: { columns: readonly ColumnSaid[]; change: Change }) {
  const { say } = useWords();
  const { shown, search, more } = useMany(columns, (one) => one.name, say("many_search"));
  return (
    <>
      {search}
      <ul className="proof-columns">
        {shown.map((one) => (
          <Column key={one.index} column={one} change={change} />
        ))}
      </ul>
      {more}
    </>
  );
}

function Column({ column, change }: { column: ColumnSaid; change: Change }) {
  const words = useWords();
  const { say } = words;
  const why = privateWhy(column, words);
  return (
    <li className="proof-column">
      <div className="proof-column-words">
        <strong dir="auto">{column.name}</strong>
        {why ? <span>: {why}</span> : null}
        <p className="small soft proof-examples" dir="auto">
          {column.examples.join(", ")}
        </p>
      </div>
      <SelectField
        label={say("how_of", { name: column.name })}
        isLabelUnseen
        choices={column.choices.map((how) => ({ id: how, words: say(`how_${how}`) }))}
        chosen={column.how}
        onChoose={(how) => how !== column.how && change({ privacy: { [column.name]: how } })}
      />
    </li>
  );
}
