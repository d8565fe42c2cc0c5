import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { AgendaItem, PartInRoom, WorkshopSaid } from "../../api/types/workshop.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { FormDialog } from "../SendForm.tsx";

const EXERCISES = [
  "welcome",
  "draw",
  "notes",
  "vote",
  "score",
  "apart",
  "evidence",
  "discuss",
  "break",
  "close",
] as const;
const PARTS = ["facilitator", "scribe", "timekeeper", "expert", "decider", "observer"] as const;
const ROOMS: readonly (readonly [string, PlainKey])[] = [
  ["", "board"],
  ["workshop", "ws_plan"],
  ["workshop/votes", "ws_votes"],
  ["workshop/scoring", "ws_scoring"],
  ["workshop/notes", "ws_notes"],
];
const MOST_MINUTES = 480;

type Draft = { key: string; item: AgendaItem };
type Props = { mapId: string; told: WorkshopSaid; onClose: () => void };

/** Write the plan of a workshop. */
export function PlanDialog({ mapId, told, onClose }: Props) {
  const { say } = useWords();
  const [title, setTitle] = useState(told.title);
  const [count, setCount] = useState(told.items.length);
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    told.items.map((item, n) => ({ key: `${n}`, item })),
  );
  const partWords = PARTS.map((id) => ({ id, words: say(`ws_part_${id}`) }));
  const [parts, setParts] = useState(() =>
    told.parts.map((one) => `${say(`ws_part_${one.part}`)}: ${one.who}`).join("\n"),
  );
  const [wrong, setWrong] = useState("");
  const change = (key: string, more: Partial<AgendaItem>) =>
    setDrafts((all) =>
      all.map((one) => (one.key === key ? { ...one, item: { ...one.item, ...more } } : one)),
    );
  const move = (index: number, by: -1 | 1) =>
    setDrafts((all) => {
      const moved = [...all];
      const [one] = moved.splice(index, 1);
      if (one) moved.splice(index + by, 0, one);
      return moved;
    });
  const partsOf = (): readonly PartInRoom[] | null => {
    const found: PartInRoom[] = [];
    for (const line of parts.split("\n").filter((one) => one.trim())) {
      const [head = "", ...rest] = line.split(":");
      const part = partWords.find((one) => one.words.toLowerCase() === head.trim().toLowerCase());
      const who = rest.join(":").trim();
      if (!part || !who) {
        setWrong(say("ws_part_wrong", { line: line.trim() }));
        return null;
      }
      found.push({ part: part.id, who });
    }
    setWrong("");
    return found;
  };
  const save = async () => {
    const said = partsOf();
    if (!said) return;
    const items = drafts.map((one) => one.item).filter((one) => one.title.trim());
    const body = { n: told.n, title, items, parts: said };
    await call("PUT /api/maps/{map}/workshop/plan", { path: { map: mapId }, body });
    onClose();
  };
  return (
    <FormDialog
      title={say("ws_plan_change")}
      act={say("save")}
      onSend={save}
      onClose={onClose}
      isWide
    >
      <TextField label={say("ws_plan_title")} value={title} onChange={setTitle} maxLength={200} />
      {drafts.map(({ key, item }, index) => (
        <fieldset key={key} className="ws-draft">
          <legend>{say("ws_item", { n: index + 1 })}</legend>
          <TextField
            label={say("ws_item_title")}
            value={item.title}
            maxLength={200}
            onChange={(value) => change(key, { title: value })}
          />
          <div className="form-row">
            <SelectField
              label={say("ws_item_exercise")}
              choices={EXERCISES.map((id) => ({ id, words: say(`ws_ex_${id}`) }))}
              chosen={item.exercise ?? "discuss"}
              onChoose={(exercise) => change(key, { exercise })}
            />
            <SelectField
              label={say("ws_item_room")}
              choices={roomsWith(item.room ?? "").map(([id, words]) => ({
                id: id || "board",
                words: words ? say(words) : id,
              }))}
              chosen={item.room || "board"}
              onChoose={(room) => change(key, { room: room === "board" ? "" : room })}
            />
            <TextField
              label={say("ws_item_minutes")}
              inputMode="numeric"
              value={String(item.minutes ?? "")}
              onChange={(value) => change(key, { minutes: minutesOf(value) })}
            />
          </div>
          <TextField
            label={say("ws_item_what")}
            rows={2}
            maxLength={2000}
            value={item.what ?? ""}
            onChange={(what) => change(key, { what })}
          />
          <div className="ws-row">
            <IconButton
              icon="up"
              label={say("ws_item_up", { title: item.title })}
              isDisabled={index === 0}
              onPress={() => move(index, -1)}
            />
            <IconButton
              icon="down"
              label={say("ws_item_down", { title: item.title })}
              isDisabled={index === drafts.length - 1}
              onPress={() => move(index, 1)}
            />
            <IconButton
              icon="gone"
              label={say("ws_item_gone", { title: item.title })}
              onPress={() => setDrafts((all) => all.filter((one) => one.key !== key))}
            />
          </div>
        </fieldset>
      ))}
      <div>
        <Button
          icon="add"
          onPress={() => {
            setCount(count + 1);
            const item = { id: "", title: "", minutes: 10, what: "", room: "" };
            setDrafts((all) => [...all, { key: `new ${count}`, item }]);
          }}
        >
          {say("ws_item_add")}
        </Button>
      </div>
      <TextField
        label={say("ws_parts")}
        hint={say("ws_parts_hint", { parts: partWords.map((one) => one.words).join(", ") })}
        rows={3}
        value={parts}
        onChange={setParts}
        error={wrong}
      />
    </FormDialog>
  );
}

/** Places to choose from, one that is planned already among them. */
function roomsWith(room: string): readonly (readonly [string, PlainKey | null])[] {
  return ROOMS.some(([id]) => id === room) ? ROOMS : [...ROOMS, [room, null]];
}

function minutesOf(text: string): number {
  const value = Number.parseInt(text, 10);
  return Number.isFinite(value) ? Math.min(Math.max(value, 1), MOST_MINUTES) : 1;
}
