import { useEffect, useState } from "react";
import { call } from "../../api/calls.ts";
import { everyPage } from "../../api/pages.ts";
import type { MapsSaid } from "../../api/types/index.ts";
import { SelectField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useHand } from "./useBoard.ts";

const NONE = "";

/** The map that shows a step in detail, and the way to it. */
export function DetailField(props: {
  label: string;
  chosen: string;
  isReadOnly: boolean;
  onChoose: (map: string | null) => void;
}) {
  const { label, chosen, isReadOnly, onChoose } = props;
  const hand = useHand();
  const { say } = useWords();
  const [maps, setMaps] = useState<MapsSaid["maps"]>([]);
  useEffect(() => {
    const stop = new AbortController();
    everyPage((after) => call("GET /api/maps", { query: { after }, signal: stop.signal }))
      .then((pages) => setMaps(pages.flatMap((one) => one.maps)))
      // without the list the id is shown
      .catch(() => setMaps([]));
    return () => stop.abort();
  }, []);
  const own = hand.board?.map;
  const choices = maps
    .filter((one) => one.id !== own)
    .map((one) => ({ id: one.id, words: one.title }));
  const isKnown = chosen === NONE || choices.some((one) => one.id === chosen);
  return (
    <div className="field">
      <SelectField
        label={label}
        isDisabled={isReadOnly}
        choices={[
          { id: NONE, words: say("not_said") },
          ...choices,
          ...(isKnown ? [] : [{ id: chosen, words: chosen }]),
        ]}
        chosen={chosen}
        onChoose={(id) => onChoose(id === NONE ? null : id)}
      />
      {chosen ? (
        <a href={`#/maps/${encodeURIComponent(chosen)}`}>{say("field_detail_open")}</a>
      ) : null}
    </div>
  );
}
