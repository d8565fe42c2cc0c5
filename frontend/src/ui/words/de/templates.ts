import type { Same } from "../catalogue.ts";
import type { templates as en } from "../en/templates.ts";

/** Namen der Vorlagen. */
export const templates: Same<typeof en> = {
  template_classic: "Klassische Reise",
  template_classic_more: "Wie es heute ist, vom ersten Bedarf bis zur Empfehlung.",
  template_lens: "Blick auf eine Persona",
  template_lens_more:
    "Wer, in welcher Lage, mit welcher Erwartung; dann was sie tun, denken und fühlen.",
  template_business: "Kunde und Unternehmen nebeneinander",
  template_business_more:
    "Oben, was der Kunde tut; darunter Unternehmensziele, Kennzahlen und Zuständige.",
  template_future: "Zukunftsbild",
  template_future_more:
    "Wie es werden soll: was versprochen wird, durch welche Lösung, mit welcher Wirkung.",
  template_blueprint: "Service-Blueprint",
  template_blueprint_more:
    "Was Menschen und Systeme hinter jedem Schritt tun und was der Kunde davon sieht.",
  template_day: "Ein Tag im Leben",
  template_day_more: "Von morgens bis abends, ob Sie darin vorkommen oder nicht.",
  template_lifecycle: "Kreislauf der Beziehung",
  template_lifecycle_more:
    "Bestehende Kunden: von den ersten Wochen über Verlängern und Wachsen bis zum Gehen und Wiederkommen.",
  template_b2b: "Mehrere kaufen gemeinsam",
  template_b2b_more: "Ein Kauf im Unternehmen: jede Rolle mit ihren eigenen Sorgen.",
  template_single: "Eine einzelne Begegnung",
  template_single_more: "Ein Kontaktpunkt im Einzelnen: versprochen, erwartet, geliefert.",
  template_recovery: "Wiedergutmachung",
  template_recovery_more: "Etwas ging schief: vom Problem bis zum zurückgewonnenen Vertrauen.",
  template_providers: "Mehrere Anbieter",
  template_providers_more: "Ämter und Partner: wer wann handelt und wer auf wen wartet.",
  template_story: "Geschichte",
  template_story_more: "Eine wahre Geschichte eines Kunden, Szene für Szene, mit Zitaten.",
};
