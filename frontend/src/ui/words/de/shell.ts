import type { Same } from "../catalogue.ts";
import type { shell as en } from "../en/shell.ts";

/** Wörter des Rahmens um jede Seite, vom Kommen und Gehen. */
export const shell: Same<typeof en> = {
  map_rooms: "Teile dieser Karte",
  map_menu: "Diese Karte und {name}",
  maps: "Karten",
  personas: "Personas",
  people: "Personen",
  main_navigation: "Seiten",
  settings: "Einstellungen",
  language: "Sprache",
  theme: "Darstellung",
  theme_system: "Wie das System",
  theme_light: "Hell",
  theme_dark: "Dunkel",
  to_content: "Zum Inhalt",
  role_viewer: "Betrachtend",
  role_commenter: "Kommentierend",
  role_editor: "Bearbeitend",
  role_facilitator: "Moderation",
  role_administrator: "Verwaltung",
  offline: "Der Server ist nicht erreichbar. Was Sie sehen, kann veraltet sein.",
  not_found: "Diese Seite gibt es nicht",
  not_found_more: "Die Adresse ist vielleicht vertippt, oder das Gesuchte ist umgezogen.",
  to_maps: "Zu den Karten",
  page_broken:
    "Diese Seite ist abgestürzt. Ihre Änderungen bleiben erhalten. Laden Sie sie neu; stürzt sie wieder ab, sagen Sie es denen, die den Server betreiben.",
  part_missing:
    "Dieser Teil der App lässt sich nicht laden: Der Server ist vielleicht gerade nicht da, oder er hat inzwischen eine neuere Version. Ihre Änderungen bleiben erhalten.",
  reload: "Neu laden",
  language_missing:
    "Die Wörter dieser Sprache lassen sich nicht laden. Vielleicht fehlt die Verbindung, oder der Server hat eine neuere Version: Laden Sie die Seite neu.",
  went_wrong: "Etwas ist schiefgegangen",
};
