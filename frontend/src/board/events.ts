/** Events that mean a step, as lines: "pay* @ web". */
import { isList, isObject, type Json, textAt } from "../model/json.ts";

const AT = " @ ";

export function eventLines(value: Json | undefined): string {
  if (!isList(value)) return "";
  return value
    .flatMap((one) => {
      if (!isObject(one)) return [];
      const channel = textAt(one, "channel");
      return [textAt(one, "activity") + (channel ? AT + channel : "")];
    })
    .join("\n");
}

/** The value of lines; null for none. */
export function eventsOf(text: string): Json {
  const found = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line)
    .map((line): Json => {
      const at = line.lastIndexOf(AT);
      if (at <= 0) return { activity: line };
      return { activity: line.slice(0, at).trim(), channel: line.slice(at + AT.length).trim() };
    });
  return found.length > 0 ? found : null;
}
