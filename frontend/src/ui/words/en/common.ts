import type { Catalogue } from "../catalogue.ts";

/** Words of many screens. */
export const common = {
  cancel: "Cancel",
  close: "Close",
  save: "Save",
  back: "Back",
  next: "Next",
  skip: "Skip",
  done: "Done",
  copy: "Copy",
  copied: "Copied",
  undo: "Undo",
  remove: "Remove",
  more: "More",
  search: "Search",
  clear: "Clear",
  optional: "optional",
  loading: "One moment …",
  try_again: "Try again",
  name: "Name",
  yes: "Yes",
  no: "No",
  notices: "Notices",
  dismiss: "Dismiss",
} as const satisfies Catalogue;
