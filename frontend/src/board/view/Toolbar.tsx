import { Toolbar as BaseToolbar } from "react-aria-components";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { Menu, MenuItem, MenuTrigger } from "../../ui/Menu.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { act } from "../acts.ts";
import { EMOTION } from "../grid.ts";
import { personasOf } from "./drawn.ts";
import { SaveState } from "./SaveState.tsx";
import { type Shown, useHand } from "./useBoard.ts";

/** What is done with the board as a whole, who is here, and whether it is saved. */
export function Toolbar({ board, view, look, isNarrow }: Shown & { isNarrow: boolean }) {
  const hand = useHand();
  const { say } = useWords();
  const canEdit = hand.may();
  const names = personasOf(board);
  const hasCurve = hand.grid(board).lanes.some((lane) => lane.name === EMOTION);
  return (
    <div className="board-bar">
      <BaseToolbar aria-label={say("board")} className="board-tools">
        {canEdit ? (
          <>
            <IconButton
              icon="undo"
              label={say("undo_mine")}
              isDisabled={!view.canUndo}
              onPress={() => act(hand, { act: "undo" })}
            />
            <IconButton
              icon="redo"
              label={say("redo_mine")}
              isDisabled={!view.canRedo}
              onPress={() => act(hand, { act: "redo" })}
            />
            <Button icon="add" onPress={() => hand.write({ what: "stage", after: lastStage() })}>
              {say("new_stage")}
            </Button>
            <Button icon="add" onPress={newStep} isDisabled={!lastStage()}>
              {say("new_step")}
            </Button>
          </>
        ) : null}
        <Button icon="settings" onPress={() => hand.ask({ ask: "lanes" })}>
          {say("lanes")}
        </Button>
        {isNarrow ? null : <ZoomMenu />}
        <Button
          icon="pen"
          aria-pressed={look.isPanelOpen}
          onPress={() => hand.set({ isPanelOpen: !look.isPanelOpen })}
        >
          {say("act_details")}
        </Button>
        {isNarrow ? null : (
          <Button icon="key" onPress={() => hand.ask({ ask: "keys" })}>
            {say("keys")}
          </Button>
        )}
      </BaseToolbar>
      {canEdit && hasCurve && names.size > 0 ? (
        <div className="board-persona">
          <SelectField
            label={say("curve_of")}
            choices={[
              { id: "", words: say("everybody") },
              ...[...names].map(([id, words]) => ({ id, words })),
            ]}
            chosen={look.persona}
            onChoose={(persona) => hand.set({ persona })}
          />
        </div>
      ) : null}
      <People view={view} />
      <SaveState view={view} />
    </div>
  );

  function lastStage(): string {
    return board.row("map", "stage").at(-1)?.ref ?? "";
  }

  function newStep(): void {
    if (hand.card()) act(hand, { act: "step" });
    else {
      const stage = lastStage();
      const after = board.row(stage, "step").at(-1)?.ref ?? "";
      hand.write({ what: "step", stage, after });
    }
  }
}

function ZoomMenu() {
  const hand = useHand();
  const { say } = useWords();
  const to = (where: "in" | "out" | "full" | "fit") => () => act(hand, { act: "zoom", to: where });
  return (
    <MenuTrigger>
      <Button icon="search">{say("zoom")}</Button>
      <Menu label={say("zoom")}>
        <MenuItem id="fit" keys="Alt 0" onAction={to("fit")}>
          {say("zoom_fit")}
        </MenuItem>
        <MenuItem id="full" keys="Alt 1" onAction={to("full")}>
          {say("zoom_full")}
        </MenuItem>
        <MenuItem id="in" keys="Alt +" onAction={to("in")}>
          {say("zoom_in")}
        </MenuItem>
        <MenuItem id="out" keys="Alt −" onAction={to("out")}>
          {say("zoom_out")}
        </MenuItem>
      </Menu>
    </MenuTrigger>
  );
}

/** Who else has the map open. */
function People({ view }: { view: Shown["view"] }) {
  const { say } = useWords();
  if (view.people.length === 0) return null;
  return (
    <ul className="board-people" aria-label={say("people_here", { names: "" }).trim()}>
      {view.people.map(({ name, color }) => (
        <li key={name} className="visitor" data-person={color}>
          {name}
        </li>
      ))}
    </ul>
  );
}
