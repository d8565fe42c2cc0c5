import { useWords } from "../../ui/words/useWords.ts";

/** All maps. */
export function Library() {
  const { say } = useWords();
  return <h1>{say("maps")}</h1>;
}
