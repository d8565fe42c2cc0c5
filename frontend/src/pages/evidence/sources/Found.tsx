import type { OddSaid, ProofSaid } from "../../../api/types/data.ts";
import { useWords } from "../../../ui/words/useWords.ts";
import type { Words } from "../../../ui/words/words.ts";
import { countsOf } from "./told.ts";

const SHOWN = 12;

/** What a file holds as it is read now, and what is odd about it. */
export function Found({ proof }: { proof: ProofSaid }) {
  const words = useWords();
  const { say, list, number } = words;
  const { source, activities, channels, segments, top } = proof;
  if (source.events === null && source.answers === null) return null;
  const counts = [
    ...countsOf(source, words),
    ...(activities === null ? [] : [say("data_count_activities", { count: activities })]),
  ];
  const gone = proof.columns.filter((one) => one.how === "drop").map((one) => one.name);
  const groups = segments.filter((one) => !gone.includes(one));
  const odd = proof.odd.map((one) => oddWords(one, words)).filter((one) => one);
  return (
    <section className="proof-part" aria-labelledby="proof-found">
      <h3 id="proof-found">{say("proof_found")}</h3>
      <p>{counts.join(" · ")}</p>
      {channels.length ? (
        <p dir="auto">{say("proof_channels", { names: list(channels) })}</p>
      ) : null}
      {groups.length ? (
        <p dir="auto">{say("proof_segments", { names: fewOf(groups, words) })}</p>
      ) : null}
      {Object.entries(proof.left_out).map(([why, count]) => (
        <p key={why} className="small soft">
          {say("proof_left_out", { count, why })}
        </p>
      ))}
      {top.length ? (
        <>
          <h4 className="field-label">{say("proof_top")}</h4>
          <ol className="proof-top">
            {top.map((one) => (
              <li key={one.name}>
                <span dir="auto">{one.name}</span> <span className="soft">{number(one.count)}</span>
              </li>
            ))}
          </ol>
        </>
      ) : null}
      {odd.length ? (
        <>
          <h4 className="field-label">{say("proof_odd")}</h4>
          <ul className="proof-odd">
            {odd.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

/** The first names, and how many more there are. */
function fewOf(names: readonly string[], { say, list }: Words): string {
  const count = names.length - SHOWN;
  if (count <= 0) return list(names);
  return say("many_names", { names: names.slice(0, SHOWN).join(", "), count });
}

function oddWords({ what, count, column }: OddSaid, { say }: Words): string {
  switch (what) {
    case "duplicates":
    case "ties":
    case "implausible":
    case "machines":
    case "silence":
      return say(`odd_${what}`, { count });
    case "no_times":
    case "newest_first":
    case "unsorted":
    case "single":
      return say(`odd_${what}`);
    case "zone":
    case "day_or_month":
      return say(`odd_${what}`, { column });
    default:
      return "";
  }
}
