import { Refused } from "../../../api/client.ts";
import { Button } from "../../../ui/Button.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import { Trouble } from "../../trouble.tsx";

const CODES = [
  "E203", "E204", "E205", "E206", "E207", "E210", "E211", "E212", "E213", "E214", "E215", "E216", "E217", "E218",
  "E219", "E249", "E250", "E252", "E259", "E747", "E751", "E752", "E753", "E754", "E755", "E756", "E757", "E758", "E759",
] as const; // biome-ignore format: a list

type TroubleProps = { error: unknown; name: string; retry?: () => void };

/** Why a file cannot be used: what is wrong, where, and what to do. */
export function FileTrouble({ error, name, retry }: TroubleProps) {
  const { say, language } = useWords();
  const first = error instanceof Refused ? error.problems[0] : undefined;
  if (!first?.hint) return <Trouble error={error} {...(retry ? { retry } : {})} />;
  const { what, hint } = first;
  const code = CODES.find((one) => one === first.code);
  const place = first.place || name;
  return (
    <Notice kind="trouble">
      <p>
        <strong>{code ? say(`file_${code}`) : `${what}.`}</strong>
      </p>
      {/* exactly what is wrong is told by the server, in English */}
      <p className="small" dir="auto">
        {code && language === "en"
          ? say("file_at_said", { place, what })
          : say("file_at", { place })}
      </p>
      <p>{code ? say(`file_${code}_do`) : hint}</p>
      {retry ? <Button onPress={retry}>{say("try_again")}</Button> : null}
    </Notice>
  );
}
