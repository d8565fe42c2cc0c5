/** Which step a key turns to; null where it means nothing here. On a mirrored page "on" is at the left. */
export function turned(key: string, at: number, count: number, isMirrored = false): number | null {
  const last = count - 1;
  switch (key) {
    case isMirrored ? "ArrowLeft" : "ArrowRight":
    case "PageDown":
      return Math.min(at + 1, last);
    case isMirrored ? "ArrowRight" : "ArrowLeft":
    case "PageUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** Whether a key was meant for what has the focus: a field, a list, a menu. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return true;
  const { target } = event;
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [role=listbox], [role=menu], [role=dialog]") !== null
  );
}
