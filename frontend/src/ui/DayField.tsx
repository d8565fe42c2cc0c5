import { TextField, type TextFieldProps } from "./Fields.tsx";
import { useWords } from "./words/useWords.ts";

export type DayFieldProps = Omit<TextFieldProps, "type" | "rows" | "placeholder" | "max" | "told">;

/** A day as ISO 8601 writes it, chosen as the browser does it, and told beside it as the reader writes days. */
export function DayField({ value = "", ...rest }: DayFieldProps) {
  const { day } = useWords();
  return <TextField {...rest} type="date" max="9999-12-31" value={value} told={day(value)} />;
}
