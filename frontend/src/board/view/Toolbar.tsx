import { memo } from "react";
import { Toolbar as BaseToolbar } from "react-aria-components";
import type { Person } from "../../doc/view.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { Menu, MenuItem, MenuTrigger } from "../../ui/Menu.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { act } from "../acts.ts";
import { useHand } from "./useBoard.ts";

export interface ToolbarProps {
  /** Names of personas by id. */
  names: ReadonlyMap<string, string>;
  hasCurve: boolean;
  hasStages: boolean;
  canEdit: boolean;
  canUndo: boolean;
  canRedo: boolean;
  people: readonly Person[];
  persona: string;
  isPanelOpen: boolean;
  isNarrow: boolean;
}

/** What is done with the board as a whole, and who is here. */
export const Toolbar = memo(function Toolbar(props: ToolbarProps) {
  const { names, canEdit, isNarrow, isPanelOpen } = props;
  const hand = useHand();
  const { say } = useWords();
  return (
    <>
      <BaseToolbar aria-label={say("board")} className="board-tools">
        {canEdit ? (
          <>
            <IconButton
              icon="undo"
              label={say("undo_mine")}
              isDisabled={!props.canUndo}
              onPress={() => act(hand, { act: "undo" })}
            />
            <IconButton
              icon="redo"
              label={say("redo_mine")}
              isDisabled={!props.canRedo}
              onPress={() => act(hand, { act: "redo" })}
            />
          </>
        ) : null}
        {isNarrow ? (
          <MenuTrigger>
            <Button>{say("tools_more")}</Button>
            <Menu label={say("tools")}>
              {canEdit ? (
                <>
                  <MenuItem id="stage" icon="add" onAction={afterMenu(newStage)}>
                    {say("new_stage")}
                  </MenuItem>
                  <MenuItem
                    id="step"
                    icon="add"
                    isDisabled={!props.hasStages}
                    onAction={afterMenu(newStep)}
                  >
                    {say("new_step")}
                  </MenuItem>
                </>
              ) : null}
              <MenuItem id="lanes" icon="settings" onAction={lanes}>
                {say("lanes")}
              </MenuItem>
              <MenuItem id="details" icon={isPanelOpen ? "check" : "pen"} onAction={details}>
                {say("act_details")}
              </MenuItem>
            </Menu>
          </MenuTrigger>
        ) : (
          <>
            {canEdit ? (
              <>
                <Button icon="add" onPress={newStage}>
                  {say("new_stage")}
                </Button>
                <Button icon="add" onPress={newStep} isDisabled={!props.hasStages}>
                  {say("new_step")}
                </Button>
              </>
            ) : null}
            <Button icon="settings" onPress={lanes}>
              {say("lanes")}
            </Button>
            <ZoomMenu />
            <Button icon="pen" aria-pressed={isPanelOpen} onPress={details}>
              {say("act_details")}
            </Button>
            <Button icon="key" onPress={() => hand.ask({ ask: "keys" })}>
              {say("keys")}
            </Button>
          </>
        )}
      </BaseToolbar>
      {canEdit && !isNarrow && props.hasCurve && names.size > 0 ? (
        <div className="board-persona">
          <SelectField
            label={say("curve_of")}
            choices={[
              { id: "", words: say("everybody") },
              ...[...names].map(([id, words]) => ({ id, words })),
            ]}
            chosen={props.persona}
            onChoose={(persona) => hand.set({ persona })}
          />
        </div>
      ) : null}
      <People people={props.people} />
    </>
  );

  function lanes(): void {
    hand.ask({ ask: "lanes" });
  }

  function details(): void {
    hand.set({ isPanelOpen: !isPanelOpen });
  }

  function newStage(): void {
    hand.write({ what: "stage", after: lastStage() });
  }

  function lastStage(): string {
    return hand.board?.row("map", "stage").at(-1)?.ref ?? "";
  }

  function newStep(): void {
    if (hand.card()) act(hand, { act: "step" });
    else {
      const stage = lastStage();
      const after = hand.board?.row(stage, "step").at(-1)?.ref ?? "";
      hand.write({ what: "step", stage, after });
    }
  }
});

/** Begin to write once the menu has given the focus back, which it does a frame after it closes. */
function afterMenu(begin: () => void): () => void {
  return () => requestAnimationFrame(() => requestAnimationFrame(begin));
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
function People({ people }: { people: readonly Person[] }) {
  const { say } = useWords();
  if (people.length === 0) return null;
  return (
    <ul className="board-people" aria-label={say("people_here", { names: "" }).trim()}>
      {people.map(({ name, color }) => (
        <li key={name} className="visitor" data-person={color}>
          {name}
        </li>
      ))}
    </ul>
  );
}
