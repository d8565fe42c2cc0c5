import type { Same } from "../catalogue.ts";
import type { entrance as en } from "../en/entrance.ts";

/** Wörter vom Kommen und Gehen. */
export const entrance: Same<typeof en> = {
  sign_in: "Anmelden",
  sign_out: "Abmelden",
  sign_in_more:
    "Dieser Server bewahrt die Journey Maps eines Teams auf. Melden Sie sich mit dem Namen und dem Passwort an, die Sie bekommen haben.",
  sign_in_or: "oder",
  sign_in_with: "Anmelden mit {name}",
  your_name: "Ihr Name",
  password: "Passwort",
  password_hint: "Mindestens 12 Zeichen. Ein Satz ist lang und leicht zu merken.",
  password_show: "Passwort zeigen",
  password_lost: "Passwort vergessen? Die Verwaltung kann Ihnen ein neues geben.",
  first_title: "Willkommen bei desirepath",
  first_more:
    "Sie sind als Erstes hier. Legen Sie das Konto der Verwaltung an: Es fügt die anderen hinzu, bestimmt, was sie dürfen, und gibt neue Passwörter.",
  first_make: "Konto anlegen",
  link_title: "Sie sind zu einer Karte eingeladen",
  link_more:
    "Andere sehen den Namen, den Sie hier angeben, neben dem, was Sie tun. Mehr wird nicht verlangt.",
  link_password: "Passwort des Links",
  link_password_hint: "Nur falls Sie eines bekommen haben.",
  link_enter: "Karte öffnen",
  ended: "Ihre Sitzung ist beendet. Melden Sie sich wieder an, um weiterzumachen.",
};
