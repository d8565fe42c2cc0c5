import type { Board } from "../../doc/board.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { Look, Question } from "../look.ts";
import { KeysList } from "./KeysList.tsx";
import { LanesForm } from "./LanesForm.tsx";
import { MoveForm } from "./MoveForm.tsx";
import { PasteForm } from "./PasteForm.tsx";
import { SplitForm } from "./SplitForm.tsx";
import { TouchpointsForm } from "./TouchpointsForm.tsx";
import { cardTitle } from "./titles.ts";
import { useHand } from "./useBoard.ts";

/** The dialog that is open on the board, if any. */
export function Questions({ board, look }: { board: Board; look: Look }) {
  const hand = useHand();
  const words = useWords();
  const { question } = look;
  if (!question) return null;
  const name = "ref" in question ? nameOf(question.ref) : "";
  return (
    <Dialog
      title={titleOf(question)}
      isOpen
      isWide={question.ask === "keys" || question.ask === "lanes"}
      onOpenChange={(isOpen) => {
        if (!isOpen) hand.ask(null);
      }}
    >
      {bodyOf(question)}
    </Dialog>
  );

  function nameOf(ref: string): string {
    const card = board.find(ref);
    return card ? cardTitle(words, card) : "";
  }

  function titleOf(of: Question): string {
    const { say } = words;
    if (of.ask === "keys") return say("keys_title");
    if (of.ask === "lanes") return say("lanes");
    if (of.ask === "touchpoints") return say("touchpoints_of", { step: nameOf(of.step) });
    if (of.ask === "move") return say("move_title", { name });
    if (of.ask === "split") return say("split_title", { name });
    return say("paste_title");
  }

  function bodyOf(of: Question) {
    if (of.ask === "keys") return <KeysList />;
    if (of.ask === "lanes") return <LanesForm board={board} look={look} />;
    if (of.ask === "touchpoints") return <TouchpointsForm board={board} step={of.step} />;
    if (of.ask === "paste") return <PasteForm board={board} text={of.text} html={of.html} />;
    const card = board.find(of.ref);
    if (!card) return null;
    if (of.ask === "move") return <MoveForm board={board} card={card} />;
    return <SplitForm board={board} card={card} />;
  }
}
