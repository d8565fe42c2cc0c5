import type { HeldSaid } from "../../api/types/index.ts";
import { useWords } from "../../ui/words/useWords.ts";
import type { CardMark, Sign } from "../evidence/judged.ts";
import { gapWords, markParts } from "./markWords.ts";

/** Each sign has a shape of its own, drawn on a field of 16 × 16; color only comes beside it. */
const SHAPES: Readonly<Record<Sign, string>> = {
  confirmed:
    "M8 1.2a6.800 6.800 0 1 0 0 13.600A6.800 6.800 0 0 0 8 1.2zM4.700 8.300l2.300 2.300 4.300-4.800",
  refuted: "M2 2h12v12H2zM5 5l6 6M11 5l-6 6",
  mixed:
    "M8 .8L15.200 8 8 15.200.800 8zM6.200 10.800V5.600M4.700 7l1.500-1.600L7.700 7M9.800 5.200v5.200M8.300 9l1.500 1.600L11.300 9",
  unknown:
    "M8 1.200a6.800 6.800 0 1 0 0 13.600A6.800 6.800 0 0 0 8 1.200zM6 6.200c0-2.600 4-2.600 4 0 0 1.600-2 1.600-2 3.200M8 11.700h.01",
  few: "M8 1.200a6.800 6.800 0 1 0 0 13.600A6.800 6.800 0 0 0 8 1.200zM5 8.500h.01M8 8.500h.01M11 8.500h.01",
  stale: "M4 1.500h8M4 14.500h8M5 1.500v2.500l6 8v2.500M11 1.500v2.500l-6 8v2.500",
  untestable: "M3 8h10",
  changed: "M3 13l.8-3.200 6.400-6.400 2.400 2.400-6.400 6.400zM9 4.600l2.400 2.400",
  new: "M8 2v12M2 8h12M4 4l8 8M12 4l-8 8",
};

export function SignShape({ sign }: { sign: Sign }) {
  return (
    <svg className="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false" data-sign={sign}>
      <path d={SHAPES[sign]} />
    </svg>
  );
}

const GAP_SHAPES: Readonly<Record<HeldSaid["sign"], string>> = {
  short: "M2 4h12M8 6v8M4.500 10.500L8 14l3.500-3.500",
  better: "M2 12h12M8 10V2M4.500 5.500L8 2l3.500 3.500",
  even: "M3 6h10M3 10h10",
  "": "",
};

/** Whether customers got less than they expected, more, or neither. */
export function GapShape({ sign }: { sign: HeldSaid["sign"] }) {
  return (
    <svg className="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={GAP_SHAPES[sign]} />
    </svg>
  );
}

/** A gap between what was expected and what was got. Pressed, it tells what stands behind it. */
export function GapMark({ said }: { said: HeldSaid }) {
  const words = useWords();
  return (
    <button type="button" className="mark" data-act="evidence" data-sign={said.sign} tabIndex={-1}>
      <GapShape sign={said.sign} />
      <span dir="auto">{gapWords(words, said)}</span>
    </button>
  );
}

/** The verdict on a card: shape, word and number. Pressed, it tells what stands behind it; `of` says what it is about where it stands alone. */
export function Mark({ mark, of }: { mark: CardMark; of?: string }) {
  const words = useWords();
  const { word, number } = markParts(words, mark);
  return (
    <button
      type="button"
      className="mark"
      data-act="evidence"
      data-sign={mark.sign}
      data-differs={mark.differs}
      tabIndex={of ? 0 : -1}
    >
      <SignShape sign={mark.sign} />
      <span dir="auto">
        {of ? `${of}: ` : ""}
        <strong>{word}</strong>
        {number ? <span className="mark-number"> {number}</span> : null}
      </span>
    </button>
  );
}
