import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";

const ROWS: readonly (readonly [readonly string[], PlainKey])[] = [
  [["←↑↓→"], "keys_go"],
  [["Home", "End"], "keys_ends"],
  [["Enter", "F2"], "keys_edit"],
  [["N"], "keys_new"],
  [["S"], "keys_step"],
  [["G"], "keys_stage"],
  [["Alt + ←↑↓→"], "keys_shift"],
  [["M"], "keys_move"],
  [["D"], "keys_copy"],
  [["X"], "keys_split"],
  [["J"], "keys_merge"],
  [["T"], "keys_moment"],
  [["+", "−"], "keys_score"],
  [["Space"], "keys_details"],
  [["Del"], "keys_gone"],
  [["Ctrl + Z", "Ctrl + Y"], "keys_undo"],
  [["Shift + ←↑↓→"], "keys_mark"],
  [["Ctrl + C", "Ctrl + V"], "keys_clip"],
  [["Shift + F10"], "keys_menu"],
  [["Alt + +", "Alt + −", "Alt + 1", "Alt + 0"], "keys_zoom"],
  [["1", "2", "3"], "keys_belief"],
  [["E"], "keys_evidence"],
  [["?"], "keys_help"],
];

/** All keys of the board. */
export function KeysList() {
  const { say } = useWords();
  return (
    <dl className="keys-list">
      {ROWS.map(([keys, words]) => (
        <div key={words} className="keys-row">
          <dt>
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </dt>
          <dd>{say(words)}</dd>
        </div>
      ))}
    </dl>
  );
}
