import { useWords } from "../../ui/words/useWords.ts";

/** Who else is at a card: their names, each with a color. `told` is "0 Ann\n3 Ben". */
export function Visitors({ told }: { told: string }) {
  const { say } = useWords();
  return (
    <p className="visitors">
      {told.split("\n").map((one) => {
        const space = one.indexOf(" ");
        const name = one.slice(space + 1);
        return (
          <span key={one} className="visitor" data-person={one.slice(0, space)}>
            <span className="unseen">{say("editing_here", { name })}</span>
            <span aria-hidden="true">{name}</span>
          </span>
        );
      })}
    </p>
  );
}
