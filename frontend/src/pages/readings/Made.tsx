import type { MadeSaid } from "../../api/types/readings.ts";
import { useWords } from "../../ui/words/useWords.ts";
import type { Words } from "../../ui/words/words.ts";

const US_PER_MS = 1000;

/** What something rests on, when it was found, and whether the map has changed since; `about` says the first in words of its own. */
export function Made({ made, about }: { made: MadeSaid; about?: string }) {
  const words = useWords();
  const { say, date } = words;
  const since = made.edits_since;
  return (
    <>
      {about ? (
        <p className="soft" lang={made.language} dir="auto">
          {about}
        </p>
      ) : null}
      <p className="soft small">
        {about ? null : `${extentWords(words, made)} · `}
        {say("readings_made", { day: date(made.made_us / US_PER_MS) })}.{" "}
        {since === null
          ? say("readings_since_other")
          : since > 0
            ? say("readings_since", { count: since })
            : null}
      </p>
    </>
  );
}

/** "800 cases, Apr 1, 2025 to Sep 15, 2025"; without days where there are none. */
function extentWords({ say, day }: Words, made: MadeSaid): string {
  const { cases: count, window_from: from, window_to: to } = made;
  if (!from) return say("snapshot_cases", { count });
  return say("snapshot_cases_window", { count, from: day(from), to: day(to) });
}

/** How many findings a guest is not shown. */
export function Hidden({ count }: { count: number }) {
  const { say } = useWords();
  return count ? <p className="soft small">{say("readings_hidden", { count })}</p> : null;
}
