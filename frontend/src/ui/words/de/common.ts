import type { Same } from "../catalogue.ts";
import type { common as en } from "../en/common.ts";

/** Wörter vieler Seiten. */
export const common: Same<typeof en> = {
  cancel: "Abbrechen",
  close: "Schließen",
  save: "Speichern",
  back: "Zurück",
  next: "Weiter",
  skip: "Überspringen",
  done: "Fertig",
  copy: "Kopieren",
  copied: "Kopiert",
  undo: "Rückgängig",
  remove: "Entfernen",
  more: "Mehr",
  search: "Suchen",
  clear: "Leeren",
  optional: "freiwillig",
  loading: "Einen Moment …",
  try_again: "Noch einmal versuchen",
  name: "Name",
  yes: "Ja",
  no: "Nein",
  notices: "Hinweise",
  dismiss: "Schließen",
};
