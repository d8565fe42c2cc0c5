import { useState } from "react";
import type { Board } from "../../doc/board.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Checkbox, SelectField, TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { KNOWN_LANES, lanesOf } from "../grid.ts";
import { addLane, moveLane, removeLane, renameLane } from "../lanes.ts";
import type { Look } from "../look.ts";
import { colorOf, laneTitle } from "./titles.ts";
import { useHand } from "./useBoard.ts";

const OWN = "";

/** Lanes: shown or hidden for oneself; named, typed and ordered for everybody. */
export function LanesForm({ board, look }: { board: Board; look: Look }) {
  const hand = useHand();
  const { say } = useWords();
  const [renamed, setRenamed] = useState("");
  const lanes = lanesOf(board);
  const canEdit = hand.may();
  const free = KNOWN_LANES.filter((name) => !lanes.some((lane) => lane.name === name));
  const show = (lane: string, isShown: boolean) => {
    const hidden = new Set(look.hidden);
    if (isShown) hidden.delete(lane);
    else hidden.add(lane);
    hand.hide(hidden);
  };
  return (
    <>
      <p className="soft">{say("lane_hint")}</p>
      <ul className="lanes-list">
        {lanes.map(({ name }, index) => {
          const title = laneTitle(say, name);
          return (
            <li key={name} data-look={colorOf(name)}>
              <div className="lanes-row">
                <Checkbox
                  isSelected={!look.hidden.has(name)}
                  onChange={(isShown) => show(name, isShown)}
                >
                  {title}
                </Checkbox>
                {canEdit ? (
                  <span className="lanes-acts">
                    <IconButton
                      icon="up"
                      label={say("lane_up", { lane: title })}
                      isDisabled={index === 0}
                      onPress={() => hand.send(moveLane(board, name, -1))}
                    />
                    <IconButton
                      icon="down"
                      label={say("lane_down", { lane: title })}
                      isDisabled={index === lanes.length - 1}
                      onPress={() => hand.send(moveLane(board, name, 1))}
                    />
                    <IconButton
                      icon="pen"
                      label={`${say("lane_rename")}: ${title}`}
                      onPress={() => setRenamed(renamed === name ? "" : name)}
                    />
                    <IconButton
                      icon="gone"
                      label={say("lane_gone", { lane: title })}
                      onPress={() => hand.send(removeLane(board, name))}
                    />
                  </span>
                ) : null}
              </div>
              {renamed === name ? (
                <LaneName
                  act={say("lane_rename")}
                  free={free}
                  onName={(to) => {
                    hand.send(renameLane(board, name, to));
                    setRenamed("");
                  }}
                />
              ) : null}
            </li>
          );
        })}
      </ul>
      {canEdit ? (
        <section className="lanes-add" aria-label={say("lane_add")}>
          <LaneName
            key={lanes.length}
            act={say("lane_add")}
            free={free}
            onName={(name) => hand.send(addLane(board, name))}
          />
        </section>
      ) : null}
    </>
  );
}

/** Kind or own name of a lane. */
function LaneName(props: {
  act: string;
  free: readonly (typeof KNOWN_LANES)[number][];
  onName: (name: string) => void;
}) {
  const { act, free, onName } = props;
  const { say } = useWords();
  const [kind, setKind] = useState<string>(free[0] ?? OWN);
  const [own, setOwn] = useState("");
  const name = kind === OWN ? own.trim() : kind;
  return (
    <form
      className="lanes-name"
      onSubmit={(event) => {
        event.preventDefault();
        if (name) onName(name);
      }}
    >
      <SelectField
        label={say("lane_kind")}
        hint={say("lane_type_hint")}
        choices={[
          ...free.map((id) => ({ id, words: laneTitle(say, id) })),
          { id: OWN, words: say("lane_own") },
        ]}
        chosen={kind}
        onChoose={setKind}
      />
      {kind === OWN ? (
        <TextField label={say("lane_own_name")} value={own} onChange={setOwn} />
      ) : null}
      <Button type="submit" weight="primary" isDisabled={!name}>
        {act}
      </Button>
    </form>
  );
}
