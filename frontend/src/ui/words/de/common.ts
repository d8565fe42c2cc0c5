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
  loading: "Einen Moment …",
  try_again: "Noch einmal versuchen",
  name: "Name",
  yes: "Ja",
  no: "Nein",
  notices: "Hinweise",
  dismiss: "Schließen",
  field_missing: "Das muss ausgefüllt werden.",
  field_unfit: "Das passt hier nicht.",
  leave: "Gehen",
  leave_title: "Gehen und das Geschriebene verlieren?",
  leave_more:
    "Was Sie geschrieben haben, ist noch nicht gespeichert. Es ist verloren, wenn Sie diese Seite verlassen.",
};
