import type { Same } from "../catalogue.ts";
import type { trouble as en } from "../en/trouble.ts";

/** Was schiefging und was zu tun ist. */
export const trouble: Same<typeof en> = {
  trouble_offline:
    "Der Server antwortet nicht. Vielleicht ist die Verbindung unterbrochen, oder der Server startet gerade neu.",
  trouble_E701: "Es gibt schon eine Karte mit diesem Namen.",
  trouble_E702: "Das gibt es hier nicht oder nicht mehr.",
  trouble_E704: "Der Server konnte das nicht festhalten. Vielleicht ist seine Platte voll.",
  trouble_E706: "Es gibt schon eine Version mit diesem Namen.",
  trouble_E707: "Das ist zu groß.",
  trouble_E708: "Das dürfen Sie hier nicht.",
  trouble_E709: "Zu viele Versuche. Warten Sie eine Minute.",
  trouble_E710: "Der Name oder das Passwort ist falsch.",
  trouble_E711:
    "Dieser Link ist falsch, benutzt oder abgelaufen, oder sein Passwort ist falsch. Bitten Sie um einen neuen.",
  trouble_E712: "Das Passwort ist zu kurz: Es braucht mindestens 12 Zeichen.",
  trouble_E713: "So heißt schon jemand.",
  trouble_E715: "Jemand muss die Verwaltung behalten.",
  trouble_E716:
    "Der Browser hat nicht gesagt, dass diese Seite fragt. Laden Sie sie neu und versuchen Sie es noch einmal.",
  trouble_E718: "Jemand hat das inzwischen geändert. Sehen Sie nach und wiederholen Sie es.",
  trouble_E729:
    "Der Anbieter Ihres Kontos antwortet nicht. Versuchen Sie es in einer Minute wieder.",
  trouble_E743:
    "Diese Anmeldung hat in einem anderen Browser begonnen oder vor zu langer Zeit. Melden Sie sich noch einmal an.",
  trouble_E744:
    "Der Anbieter Ihres Kontos hat Sie nicht eingelassen, oder seiner Antwort ist nicht zu trauen. Melden Sie sich noch einmal an; geschieht es wieder, sagen Sie es der Verwaltung.",
  trouble_E745: "Ihr Konto darf hier nicht hinein. Fragen Sie die Verwaltung.",
  trouble_E717: "Das ist kein Bild. Nehmen Sie eine Datei PNG, JPEG, WebP oder GIF.",
  trouble_E741:
    "Dieses Bild lässt sich nicht lesen. Nehmen Sie eine Datei PNG, JPEG, WebP oder GIF.",
  trouble_E742:
    "Dieses Bild ist zu groß. Nehmen Sie eines mit höchstens 5 MB und 50 Millionen Bildpunkten.",
};
