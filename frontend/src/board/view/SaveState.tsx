import type { View } from "../../doc/view.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useWords } from "../../ui/words/useWords.ts";

/** Whether everything is on the server's disk; "saved" is said only when it is. */
export function SaveState({ state, waiting }: Pick<View, "state" | "waiting">) {
  const { say } = useWords();
  let told: string;
  if (state === "offline" && waiting > 0) told = say("state_offline_waiting", { count: waiting });
  else if (state === "ended") told = say("state_offline");
  else told = say(`state_${state}`);
  const isTrouble = state === "offline" || state === "ended";
  return (
    <p className="save-state" data-state={state} data-waiting={waiting} role="status">
      <Icon name={isTrouble ? "warning" : "check"} />
      <span>{told}</span>
    </p>
  );
}
