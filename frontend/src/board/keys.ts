/** Which key does what on the board. */
import type { Mode } from "./evidence/judged.ts";
import type { Direction } from "./spots.ts";

/** A key as the browser tells it. */
export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export type Act =
  | { act: "go"; to: Direction }
  | { act: "mark"; to: Direction }
  | { act: "shift"; to: "up" | "down" | "left" | "right" }
  | { act: "score"; by: number }
  | { act: "read"; as: Mode }
  | { act: "zoom"; to: "in" | "out" | "full" | "fit" }
  | {
      act:
        | "edit"
        | "details"
        | "new"
        | "step"
        | "stage"
        | "gone"
        | "undo"
        | "redo"
        | "copy"
        | "move"
        | "split"
        | "merge"
        | "moment"
        | "evidence"
        | "keys"
        | "leave";
    };

const ARROWS: ReadonlyMap<string, "up" | "down" | "left" | "right"> = new Map([
  ["ArrowUp", "up"],
  ["ArrowDown", "down"],
  ["ArrowLeft", "left"],
  ["ArrowRight", "right"],
]);
const JUMPS: ReadonlyMap<string, Direction> = new Map([
  ["Home", "first"],
  ["End", "last"],
]);
const FAR: ReadonlyMap<string, Direction> = new Map([
  ["Home", "top"],
  ["End", "bottom"],
]);
const PLAIN: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["Enter", { act: "edit" }],
  ["F2", { act: "edit" }],
  [" ", { act: "details" }],
  ["n", { act: "new" }],
  ["s", { act: "step" }],
  ["g", { act: "stage" }],
  ["d", { act: "copy" }],
  ["m", { act: "move" }],
  ["x", { act: "split" }],
  ["j", { act: "merge" }],
  ["t", { act: "moment" }],
  ["Delete", { act: "gone" }],
  ["Backspace", { act: "gone" }],
  ["1", { act: "read", as: "belief" }],
  ["2", { act: "read", as: "evidence" }],
  ["3", { act: "read", as: "difference" }],
  ["e", { act: "evidence" }],
  ["?", { act: "keys" }],
  ["Escape", { act: "leave" }],
  ["+", { act: "score", by: 0.5 }],
  ["-", { act: "score", by: -0.5 }],
]);
const WITH_CONTROL: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["z", { act: "undo" }],
  ["y", { act: "redo" }],
]);
const WITH_ALT: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["+", { act: "zoom", to: "in" }],
  ["=", { act: "zoom", to: "in" }],
  ["-", { act: "zoom", to: "out" }],
  ["1", { act: "zoom", to: "full" }],
  ["0", { act: "zoom", to: "fit" }],
]);

/** What a key means where no text is written; null for keys that are not ours. */
export function actOf(press: Press, isMirrored = false): Act | null {
  const isControl = press.ctrlKey || press.metaKey;
  const arrow = mirrored(ARROWS.get(press.key), isMirrored);
  if (arrow && press.altKey && !isControl) return { act: "shift", to: arrow };
  if (arrow && press.shiftKey && !isControl) return { act: "mark", to: arrow };
  if (arrow && !isControl) return { act: "go", to: arrow };
  if (press.altKey) return isControl ? null : (WITH_ALT.get(press.key) ?? null);
  const jump = (isControl ? FAR : JUMPS).get(press.key);
  if (jump) return { act: "go", to: jump };
  if (isControl) {
    if (press.shiftKey && press.key.toLowerCase() === "z") return { act: "redo" };
    return WITH_CONTROL.get(press.key.toLowerCase()) ?? null;
  }
  return PLAIN.get(press.key.length === 1 ? press.key.toLowerCase() : press.key) ?? null;
}

/** On a board that runs from right to left the arrows lead where they point. */
function mirrored(
  arrow: "up" | "down" | "left" | "right" | undefined,
  isMirrored: boolean,
): "up" | "down" | "left" | "right" | undefined {
  if (!isMirrored) return arrow;
  if (arrow === "left") return "right";
  return arrow === "right" ? "left" : arrow;
}
