import { useWords } from "../../ui/words/useWords.ts";

const ORDER = ["confirmed", "refuted", "mixed", "stale", "unknown", "untestable"] as const;

/** How many statements have which verdict. */
export function Settled({ settled }: { settled: Readonly<Record<string, number>> }) {
  const { say, number } = useWords();
  const known = ORDER.filter((one) => settled[one]);
  if (!known.length) return null;
  return (
    <ul className="kind-counts">
      {known.map((one) => (
        <li key={one}>
          <strong>{number(settled[one] ?? 0)}</strong> {say(`verdict_${one}`)}
        </li>
      ))}
    </ul>
  );
}
