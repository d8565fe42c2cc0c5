import type { Same } from "../catalogue.ts";
import type { lanes as en } from "../en/lanes.ts";

/** Namen der Zeilen, wie auf den Postern, und was man mit ihnen macht. */
export const lanes: Same<typeof en> = {
  lane_actions: "Handlungen",
  lane_touchpoints: "Kontaktpunkte",
  lane_questions: "Fragen",
  lane_thoughts: "Gedanken",
  lane_expectations: "Erwartungen",
  lane_emotion: "Gefühl",
  lane_pains: "Ärgernisse",
  lane_gains: "Freuden",
  lane_opportunities: "Chancen",
  lane_promise: "Versprechen",
  lane_delivery: "Einlösung",
  lane_channels: "Kanäle",
  lane_goals: "Ziele",
  lane_metrics: "Kennzahlen",
  lane_owner: "Zuständig",
  lane_physical_evidence: "Greifbares",
  lane_frontstage: "Vor den Augen des Kunden",
  lane_backstage: "Hinter den Kulissen",
  lane_support: "Unterstützung",
  lane_technology: "Technik",
  lane_process: "Abläufe",
  lane_people: "Menschen",
  lane_show: "Zeigen",
  lane_rename: "Umbenennen",
  lane_new_name: "Neuer Name",
  lane_up: "„{lane}“ nach oben",
  lane_down: "„{lane}“ nach unten",
  lane_gone: "„{lane}“ wegnehmen",
  lane_add: "Zeile hinzufügen",
  lane_kind: "Art der Zeile",
  lane_own: "Ein eigener Name …",
  lane_own_name: "Ihr Name",
  lane_hint:
    "Ob eine Zeile zu sehen ist, wählt jeder für sich; Name und Reihenfolge sind für alle gleich.",
  lane_type_hint:
    "Eine Zeile bekannter Art bekommt ihr Aussehen und hinter den Kulissen ihre Linie.",
};
