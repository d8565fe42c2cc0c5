import { useEffect, useState } from "react";
import { api } from "../../api/client.ts";
import type { Board } from "../../doc/board.ts";
import { isList, isObject, type Json, type JsonObject, textAt } from "../../model/json.ts";
import { Button } from "../../ui/Button.tsx";
import { DialogButtons } from "../../ui/Dialog.tsx";
import { Checkbox, SearchField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { nameOf, textOf, textsOf } from "../grid.ts";
import { newId, together } from "../making.ts";
import { useHand } from "./useBoard.ts";

interface Choice {
  id: string;
  name: string;
  note: string;
  /** Fields to take over from the shared catalogue; null where the map has it already. */
  fields: JsonObject | null;
}

/** Touchpoints of a step: from the map, from the shared catalogue, or new. */
export function TouchpointsForm({ board, step }: { board: Board; step: string }) {
  const hand = useHand();
  const { say } = useWords();
  const [asked, setAsked] = useState("");
  const shared = useCatalogue();
  const card = board.find(step);
  if (!card) return null;
  const chosen = textsOf(card.fields.touchpoints);
  const own: Choice[] = board
    .row("map", "touchpoint")
    .map((one) => ({ id: one.id, name: nameOf(one), note: noteOf(one.fields), fields: null }));
  const others = shared.filter((one) => !own.some((known) => known.id === one.id));
  const unnamed = chosen
    .filter((id) => ![...own, ...others].some((one) => one.id === id))
    .map((id) => ({ id, name: id, note: "", fields: null }));
  const wanted = asked.trim().toLocaleLowerCase();
  const fits = (one: Choice) => `${one.name} ${one.note}`.toLocaleLowerCase().includes(wanted);
  const found = [...own, ...unnamed, ...others].filter(fits);

  const choose = (one: Choice, isChosen: boolean) => {
    const now = isChosen ? [...chosen, one.id] : chosen.filter((id) => id !== one.id);
    const value = now.length > 0 ? now : null;
    const change = { do: "change", ref: step, field: "touchpoints", value } as const;
    if (!isChosen || !one.fields) return hand.send(change);
    const ref = `touchpoint:${one.id}`;
    const known = board.find(ref);
    const add = known
      ? ({ do: "bring_back", ref } as const)
      : ({ do: "add", ref, place: { at: "map" }, fields: one.fields } as const);
    return hand.send(together([add, change]));
  };

  return (
    <>
      <SearchField label={say("touchpoint_search")} value={asked} onChange={setAsked} />
      <div className="picker">
        {found.map((one) => (
          <Checkbox
            key={one.id}
            isSelected={chosen.includes(one.id)}
            onChange={(isChosen) => choose(one, isChosen)}
          >
            <span dir="auto">{one.name}</span>
            {one.note ? <span className="soft"> · {one.note}</span> : null}
            {one.fields ? <span className="soft"> · {say("touchpoint_shared")}</span> : null}
          </Checkbox>
        ))}
        {found.length === 0 ? <p className="soft">{say("touchpoint_none")}</p> : null}
      </div>
      <NewTouchpoint
        name={asked}
        onMake={(name, channel) => {
          const id = newId(name, hand.random);
          choose({ id, name, note: "", fields: channel ? { name, channel } : { name } }, true);
          setAsked("");
        }}
      />
      <DialogButtons>
        <Button weight="primary" onPress={() => hand.ask(null)}>
          {say("done")}
        </Button>
      </DialogButtons>
    </>
  );
}

function NewTouchpoint(props: { name: string; onMake: (name: string, channel: string) => void }) {
  const { say } = useWords();
  const [name, setName] = useState("");
  const [channel, setChannel] = useState("");
  return (
    <form
      className="picker-new"
      onSubmit={(event) => {
        event.preventDefault();
        const given = name.trim() || props.name.trim();
        if (given) props.onMake(given, channel.trim());
        setName("");
        setChannel("");
      }}
    >
      <TextField label={say("touchpoint_new")} value={name} onChange={setName} />
      <TextField label={say("field_channel")} value={channel} onChange={setChannel} />
      <Button type="submit" isDisabled={!name.trim()}>
        {say("touchpoint_add")}
      </Button>
    </form>
  );
}

function noteOf(fields: JsonObject): string {
  return [textOf(fields.channel), textOf(fields.organization), textOf(fields.owner)]
    .filter((one) => one)
    .join(" · ");
}

/** The shared touchpoints of the project; none where the server has no catalogue. */
function useCatalogue(): readonly Choice[] {
  const [found, setFound] = useState<readonly Choice[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    api
      .get<Json>("/api/catalogue", { signal: stop.signal })
      .then((data) => setFound(choicesOf(data)))
      // a board without a catalogue is a board
      .catch(() => setFound([]));
    return () => stop.abort();
  }, []);
  return found;
}

function choicesOf(data: Json): Choice[] {
  const listed = isObject(data) ? data.touchpoints : data;
  if (!isList(listed)) return [];
  return listed.flatMap((one) => {
    if (!isObject(one)) return [];
    const id = textAt(one, "id");
    const within = one.fields;
    const fields = isObject(within) ? within : withoutId(one);
    const name = textAt(fields, "name");
    return id && name ? [{ id, name, note: noteOf(fields), fields }] : [];
  });
}

function withoutId(one: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(one).filter(([key]) => key !== "id"));
}
