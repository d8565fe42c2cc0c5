import type { MadeSaid } from "../../api/types/readings.ts";
import { useWords } from "../../ui/words/useWords.ts";

const US_PER_MS = 1000;

/** When something was found, and whether the map has changed since. */
export function Made({ made, about }: { made: MadeSaid; about?: string }) {
  const { say, date } = useWords();
  const since = made.edits_since;
  return (
    <>
      {about ? (
        <p className="soft" lang={made.language} dir="auto">
          {about}
        </p>
      ) : null}
      <p className="soft small">
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

/** How many findings a guest is not shown. */
export function Hidden({ count }: { count: number }) {
  const { say } = useWords();
  return count ? <p className="soft small">{say("readings_hidden", { count })}</p> : null;
}
