import type { Same } from "../catalogue.ts";
import type { drafting as en } from "../en/drafting.ts";

/** Fragen des geführten Entwerfens. */
export const drafting: Same<typeof en> = {
  draft_title: "Eine Karte aus Antworten",
  draft_progress: "Frage {number} von {count}",
  draft_why: "Warum wir fragen",
  draft_make: "Karte anlegen",
  draft_lines: "Eins pro Zeile.",
  draft_who: "Wessen Reise ist es?",
  draft_who_hint: "Eine Art von Kunde: „Erstkäuferin“, „Vater eines Patienten“.",
  draft_who_why:
    "Verschiedene Menschen gehen verschiedene Wege. Eine Karte für alle ist eine für niemanden.",
  draft_trigger: "Was bringt sie dazu anzufangen?",
  draft_trigger_hint: "Etwas in ihrem Leben, nicht Ihre Werbung: „Mein Balkon sieht kahl aus“.",
  draft_trigger_why:
    "Die Reise beginnt vor Ihrem ersten Kontaktpunkt. Vieles entscheidet sich dort.",
  draft_goal: "Was wollen sie am Ende?",
  draft_goal_hint: "In ihren Worten: „Ich mache meinen Balkon grün“.",
  draft_goal_why: "Das wird der Titel, und daran misst sich der Erfolg.",
  draft_starts: "Wo beginnt die Reise?",
  draft_starts_hint: "Der erste Augenblick auf der Karte: „sieht eine Anzeige“.",
  draft_ends: "Wo endet sie?",
  draft_ends_hint: "Der letzte Augenblick: „schreibt eine Bewertung“, „zieht aus“.",
  draft_scope_why:
    "Eine Karte mit Rändern wird fertig. Was außerhalb liegt, kann eine eigene Karte werden.",
  draft_reason: "Warum machen Sie diese Karte?",
  draft_reason_hint: "„Die Hälfte der neuen Kunden bestellt nie wieder.“",
  draft_reason_why:
    "Daran zeigt sich, welche Schmerzpunkte zählen und wann die Karte ihren Dienst getan hat.",
  draft_stages: "Welche Abschnitte durchlaufen sie?",
  draft_stages_hint: "Drei bis sieben, der Reihe nach. Ohne Antwort nehmen wir: {stages}.",
  draft_stages_why: "Abschnitte sind die Kapitel; die Schritte darin kommen als Nächstes.",
  draft_does: "Was tun sie in „{stage}“?",
  draft_does_hint: "Jede Zeile wird ein Schritt: „Ich vergleiche drei Pflanzen“.",
  draft_does_why: "Schritte in den Worten der Kunden halten den Blick von außen nach innen.",
  draft_asks: "Was fragen sie sich in „{stage}“?",
  draft_asks_hint: "„Lebt sie auch mit wenig Sonne?“",
  draft_asks_why:
    "Eine offene Frage ist ein Grund aufzuhören. Die Antwort ist oft ein fehlender Satz.",
  draft_feels: "Wie fühlen sie sich in „{stage}“?",
  draft_feels_why: "Die Gefühlskurve zeigt auf einen Blick, wo man zuerst hinsehen sollte.",
  feels_2: "Begeistert",
  feels_1: "Gut",
  feels_0: "Weder noch",
  feels_m1: "Schlecht",
  feels_m2: "Furchtbar",
  feels_unknown: "Weiß ich nicht",
  draft_pains: "Was fällt ihnen schwer in „{stage}“?",
  draft_pains_hint: "„Ich weiß nicht, wann es kommt.“",
  draft_pains_why: "Aus Schmerzpunkten entstehen Ideen, und Belege können sie wiegen.",
  draft_touchpoints: "Wo begegnen sie Ihnen in „{stage}“?",
  draft_touchpoints_hint: "Orte, Menschen, Bildschirme, Briefe: „Webshop“, „Bote“.",
  draft_touchpoints_why: "Hinter jedem Kontaktpunkt steht jemand, der ihn ändern kann.",
  draft_kept: "Ihre Antworten bleiben in diesem Browser, bis die Karte angelegt ist.",
  draft_assumed:
    "Alles wird als Annahme gekennzeichnet: was das Team glaubt, nicht was bekannt ist.",
};
