import { SelectField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";

const NONE = "-";

type DatabaseProps = {
  /** Those of the project; nothing is asked where there is one. */
  names: readonly string[];
  /** "" for none yet. */
  chosen: string;
  onChoose: (name: string) => void;
};

/** Which of several databases jobs read. */
export function DatabaseField({ names, chosen, onChoose }: DatabaseProps) {
  const { say } = useWords();
  if (names.length < 2) return null;
  return (
    <div className="kinds-database">
      <SelectField
        label={say("jobs_database")}
        choices={[
          ...(chosen ? [] : [{ id: NONE, words: say("jobs_database_choose") }]),
          ...names.map((name) => ({ id: `=${name}`, words: name })),
        ]}
        chosen={chosen ? `=${chosen}` : NONE}
        onChoose={(id) => id !== NONE && onChoose(id.slice(1))}
      />
      <p className="small soft">{say("jobs_database_more")}</p>
    </div>
  );
}
