import {
  Checkbox as BaseCheckbox,
  type CheckboxProps as BaseCheckboxProps,
  TextField as BaseField,
  type TextFieldProps as BaseFieldProps,
  Select as BaseSelect,
  type ButtonProps,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Button as PlainButton,
  Popover,
  SelectValue,
  Text,
  TextArea,
} from "react-aria-components";
import { IconButton } from "./Button.tsx";
import { isComposing } from "./composing.ts";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words/useWords.ts";
import "./Fields.css";

export type TextFieldProps = Omit<BaseFieldProps, "className" | "children"> & {
  label: string;
  /** What helps to fill it in. */
  hint?: string | undefined;
  /** What is wrong with it. */
  error?: string | undefined;
  /** Lines of room; more than one makes it a text of several lines. */
  rows?: number;
  placeholder?: string;
  /** The last that can be chosen, where that is an order. */
  max?: string;
  /** What is in it, in words; stands beside the label. */
  told?: string;
};

/** One text. */
export function TextField(props: TextFieldProps) {
  const { say } = useWords();
  const { label, hint, error, rows = 1, placeholder, max, told, ...rest } = props;
  const shown = placeholder === undefined ? {} : { placeholder };
  const most = max === undefined ? {} : { max };
  return (
    <BaseField {...rest} className="field" {...(error ? { isInvalid: true } : {})}>
      <span className="field-head">
        <Label className="field-label">{label}</Label>
        {told ? <span className="field-hint">{told}</span> : null}
      </span>
      {hint ? (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      ) : null}
      {rows > 1 ? (
        <TextArea className="field-input field-lines" rows={rows} {...shown} />
      ) : (
        <Input className="field-input" {...shown} {...most} />
      )}
      <FieldError className="field-error">
        {({ validationDetails: { valueMissing } }) => (
          <>
            <Icon name="warning" />
            <span>{error || say(valueMissing ? "field_missing" : "field_unfit")}</span>
          </>
        )}
      </FieldError>
    </BaseField>
  );
}

export type SearchProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
};

/** A field that narrows what is shown. */
export function SearchField({ label, value, onChange }: SearchProps) {
  const { say } = useWords();
  return (
    <div className="search">
      <Icon name="search" />
      <input
        type="search"
        className="search-input"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !isComposing(event)) onChange("");
        }}
      />
      {value ? <IconButton icon="close" label={say("clear")} onPress={() => onChange("")} /> : null}
    </div>
  );
}

export type SelectProps<T extends string> = {
  label: string;
  choices: readonly { readonly id: T; readonly words: string }[];
  chosen: T;
  onChoose: (id: T) => void;
  hint?: string;
  isDisabled?: boolean;
  /** The label is read aloud only. */
  isLabelUnseen?: boolean;
} & Pick<ButtonProps, "id">;

/** One of several. */
export function SelectField<T extends string>(props: SelectProps<T>) {
  return (
    <BaseSelect
      className="field"
      selectedKey={props.chosen}
      isDisabled={props.isDisabled ?? false}
      onSelectionChange={(key) => {
        const found = props.choices.find((one) => one.id === key);
        if (found) props.onChoose(found.id);
      }}
    >
      <Label className={props.isLabelUnseen ? "unseen" : "field-label"}>{props.label}</Label>
      {props.hint ? (
        <Text slot="description" className="field-hint">
          {props.hint}
        </Text>
      ) : null}
      <PlainButton className="field-input select">
        <SelectValue className="select-value" />
        <Icon name="down" />
      </PlainButton>
      <Popover className="menu-sheet" offset={4}>
        <ListBox className="menu">
          {props.choices.map((one) => (
            <ListBoxItem key={one.id} id={one.id} textValue={one.words} className="menu-item">
              {({ isSelected }) => (
                <>
                  <span className="menu-sign">{isSelected ? <Icon name="check" /> : null}</span>
                  <span className="menu-words">{one.words}</span>
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </BaseSelect>
  );
}

export type CheckboxProps = Omit<BaseCheckboxProps, "className" | "children"> & {
  children: React.ReactNode;
};

/** Yes or no. */
export function Checkbox({ children, ...rest }: CheckboxProps) {
  return (
    <BaseCheckbox {...rest} className="check">
      <span className="check-box" aria-hidden="true">
        <Icon name="check" />
      </span>
      <span>{children}</span>
    </BaseCheckbox>
  );
}
