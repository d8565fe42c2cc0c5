import { Button } from "../../ui/Button.tsx";
import { SelectField, TextField } from "../../ui/Fields.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble } from "../trouble.tsx";

type DaysProps = {
  label: string;
  days: readonly number[];
  chosen: string;
  onChoose: (days: string) => void;
  /** What no end at all is called; nothing where everything ends. */
  never?: string;
};

/** After how many days something ends; "0" for never. */
export function DaysField({ label, days, chosen, onChoose, never }: DaysProps) {
  const { say } = useWords();
  const choices = days.map((count) => ({ id: String(count), words: say("days_count", { count }) }));
  return (
    <SelectField
      label={label}
      choices={never ? [...choices, { id: "0", words: never }] : choices}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}

type SharePasswordProps = { value: string; onChange: (value: string) => void };

/** A password that is sent on another way than the address. */
export function SharePassword(props: SharePasswordProps) {
  const { say } = useWords();
  return (
    <TextField
      label={say("share_password")}
      hint={say("share_password_hint")}
      autoComplete="off"
      {...props}
    />
  );
}

type ToCopyProps = {
  label: string;
  value: string;
  /** Lines of room. */
  rows?: number;
  /** What the button that copies says. */
  act: string;
  /** What is told once it is copied. */
  told: string;
};

/** Something to be taken elsewhere, with a button that copies it. */
export function ToCopy({ label, value, rows = 1, act, told }: ToCopyProps) {
  const { send, error } = useSending();
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    tell({ words: told });
  };
  return (
    <>
      <TextField label={label} value={value} isReadOnly rows={rows} />
      {error ? <Trouble error={error} /> : null}
      <div>
        <Button icon="copy" onPress={() => send(copy)}>
          {act}
        </Button>
      </div>
    </>
  );
}

type OpenProps = { children: React.ReactNode; end: string; onEnd: () => Promise<unknown> };

/** Something that is open to others, with a button that ends it. */
export function OpenRow({ children, end, onEnd }: OpenProps) {
  const { say } = useWords();
  const { send, error, isSending } = useSending();
  return (
    <li className="linked">
      <span className="public-words">{children}</span>
      <Button weight="danger" isPending={isSending} aria-label={end} onPress={() => send(onEnd)}>
        {say("end")}
      </Button>
      {error ? <Trouble error={error} /> : null}
    </li>
  );
}
