import type { ColumnSaid } from "../../../api/types/data.ts";
import { useWords } from "../../../ui/words/useWords.ts";
import { useMany } from "./many.tsx";
import { privateWhy } from "./told.ts";

/** Columns of a table that is read where it is, with the first values of those that are not private. */
export function ColumnList({ columns }: { columns: readonly ColumnSaid[] }) {
  const words = useWords();
  const { say } = words;
  const { shown, search, more } = useMany(columns, (one) => one.name, say("many_search"));
  return (
    <section className="proof-part" aria-labelledby="proof-columns">
      <h3 id="proof-columns">{say("proof_columns")}</h3>
      {search}
      <ul className="proof-columns">
        {shown.map((one) => (
          <li key={one.index} className="proof-column">
            <strong dir="auto">{one.name}</strong>
            <p className="small soft proof-examples" dir="auto">
              {one.examples.join(", ") || privateWhy(one, words)}
            </p>
          </li>
        ))}
      </ul>
      {more}
    </section>
  );
}
