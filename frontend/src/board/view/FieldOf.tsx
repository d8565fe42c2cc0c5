import { valueAt } from "../../doc/apply.ts";
import type { Board, Card } from "../../doc/board.ts";
import { isObject, type Json, textAt } from "../../model/json.ts";
import { Button } from "../../ui/Button.tsx";
import { Checkbox, SelectField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { eventLines, eventsOf } from "../events.ts";
import type { Field } from "../fields.ts";
import { nameOf, textOf, textsOf } from "../grid.ts";
import { BoundText, Given, GivenList } from "./Bound.tsx";
import { Bound } from "./bounds.ts";
import { ClaimField } from "./ClaimField.tsx";
import { DetailField } from "./DetailField.tsx";
import { NextField } from "./NextField.tsx";
import { PictureField } from "./PictureField.tsx";
import { scoreWords, signed } from "./titles.ts";
import { useHand } from "./useBoard.ts";

const NONE = "";
const SOURCES = ["customer", "staff", "management", "ai", "data"] as const;

export interface FieldProps {
  board: Board;
  card: Card;
  field: Field;
}

/** One field of a card. */
export function FieldOf({ board, card, field }: FieldProps) {
  const hand = useHand();
  const words = useWords();
  const { say } = words;
  const { kind, name } = field;
  const label = say(field.words);
  const value = valueAt(card.fields, name);
  const isReadOnly = !hand.may(card.lane);
  const set = (now: Json) =>
    hand.send({ do: "change", ref: card.ref, field: name, value: now, was: value });
  const hint = field.hint ? say(field.hint) : undefined;

  switch (kind.as) {
    case "line":
    case "lines":
      return (
        <BoundText
          card={card}
          field={name}
          label={label}
          isLine={kind.as === "line"}
          isNeeded={kind.isNeeded ?? false}
          isReadOnly={isReadOnly}
        />
      );
    case "entry":
      return (
        <BoundText
          key={String(isObject(value))}
          card={card}
          field={isObject(value) ? `${name}.text` : name}
          label={label}
          isLine={false}
          isNeeded={isObject(value)}
          isReadOnly={isReadOnly}
        />
      );
    case "list":
    case "entries":
    case "patterns":
      return <GivenList card={card} field={name} label={label} isReadOnly={isReadOnly} />;
    case "flag":
      return (
        <Checkbox
          isSelected={value === true}
          isDisabled={isReadOnly}
          onChange={(isOn) => set(isOn ? true : null)}
        >
          {label}
        </Checkbox>
      );
    case "choice":
      return choose(
        [
          ...(kind.otherwise ? [] : [{ id: NONE, words: say("not_said") }]),
          ...kind.choices.map(([id, key]) => ({ id, words: say(key) })),
        ],
        textOf(value) || (kind.otherwise ?? NONE),
      );
    case "number":
      return (
        <SelectField
          label={label}
          isDisabled={isReadOnly}
          choices={[
            { id: NONE, words: say("not_said") },
            ...kind.choices.map((one) => ({ id: String(one), words: numberWords(one) })),
          ]}
          chosen={typeof value === "number" ? String(value) : NONE}
          onChoose={(id) => set(id === NONE ? null : Number(id))}
        />
      );
    case "share":
    case "duration": {
      const bound = Bound[kind.as];
      return (
        <Given
          label={label}
          value={textOf(value)}
          hint={say(bound.hint)}
          isReadOnly={isReadOnly}
          check={(text) => (bound.fits(text) ? "" : say(bound.wrong))}
          onGive={(text) => set(text || null)}
        />
      );
    }
    case "persona":
    case "organization":
      return choose(
        [
          {
            id: NONE,
            words: say(kind.as === "persona" ? "everybody" : "not_said"),
          },
          ...board.row("map", kind.as).map((one) => ({ id: one.id, words: nameOf(one) })),
        ],
        textOf(value),
      );
    case "source":
      return <SourceField card={card} label={label} isReadOnly={isReadOnly} />;
    case "claim":
      return <ClaimField board={board} card={card} label={label} isReadOnly={isReadOnly} />;
    case "next":
      return <NextField board={board} step={card} label={label} isReadOnly={isReadOnly} />;
    case "map":
      return (
        <DetailField label={label} chosen={textOf(value)} isReadOnly={isReadOnly} onChoose={set} />
      );
    case "picture":
      return <PictureField card={card} label={label} isReadOnly={isReadOnly} />;
    case "touchpoints":
      return (
        <div className="field">
          <p className="field-label">{label}</p>
          <p>{textsOf(value).map(touchpointName).join(", ") || say("not_said")}</p>
          {isReadOnly ? null : (
            <Button onPress={() => hand.ask({ ask: "touchpoints", step: card.ref })}>
              {say("touchpoints_choose")}
            </Button>
          )}
        </div>
      );
    case "events":
      return (
        <Given
          label={label}
          isLine={false}
          hint={hint}
          isReadOnly={isReadOnly}
          value={eventLines(value)}
          onGive={(text) => set(eventsOf(text))}
        />
      );
  }

  function choose(choices: { id: string; words: string }[], chosen: string) {
    const known = choices.some((one) => one.id === chosen);
    return (
      <SelectField
        label={label}
        isDisabled={isReadOnly}
        choices={known ? choices : [...choices, { id: chosen, words: chosen }]}
        chosen={chosen}
        onChoose={(id) => set(id === NONE ? null : id)}
      />
    );
  }

  function numberWords(one: number): string {
    if (name !== "score") return words.number(one);
    return `${signed(words, one)} ${scoreWords(say, one)}`;
  }

  function touchpointName(id: string): string {
    const found = board.find(`touchpoint:${id}`);
    return found ? nameOf(found) : id;
  }
}

/** Who says so: the kind first, then the name and the date. */
function SourceField(props: { card: Card; label: string; isReadOnly: boolean }) {
  const { card, label, isReadOnly } = props;
  const hand = useHand();
  const { say } = useWords();
  const { source } = card.fields;
  const now = isObject(source) ? source : {};
  const chosen = textAt(now, "kind");
  const set = (value: Json) =>
    hand.send({ do: "change", ref: card.ref, field: "source", value, was: source ?? null });
  return (
    <fieldset className="field panel-group">
      <legend className="field-label">{label}</legend>
      <SelectField
        label={label}
        isLabelUnseen
        isDisabled={isReadOnly}
        choices={[
          { id: NONE, words: say("not_said") },
          ...SOURCES.map((id) => ({ id, words: say(`source_${id}`) })),
        ]}
        chosen={chosen}
        onChoose={(kind) => set(kind === NONE ? null : { ...now, kind })}
      />
      {chosen ? (
        <>
          <Given
            label={say("field_source_by")}
            isReadOnly={isReadOnly}
            value={textAt(now, "by")}
            onGive={(by) => set(without({ ...now, by }))}
          />
          <Given
            label={say("field_source_date")}
            isReadOnly={isReadOnly}
            value={textAt(now, "date")}
            onGive={(date) => set(without({ ...now, date }))}
          />
        </>
      ) : null}
    </fieldset>
  );
}

/** Without what is empty. */
function without(given: Readonly<Record<string, Json>>): Json {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
}
