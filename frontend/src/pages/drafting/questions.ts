import type { Language, PlainKey } from "../../ui/words/words.ts";

/** What was answered about a stage, as text fields hold it: a line each. */
export type StageTold = {
  readonly does: string;
  readonly asks: string;
  readonly feels: number | null;
  readonly pains: string;
  readonly touchpoints: string;
};
export type Told = {
  readonly who: string;
  readonly trigger: string;
  readonly goal: string;
  readonly starts: string;
  readonly ends: string;
  readonly why: string;
  readonly stages: string;
  /** By the name of the stage, so that a stage that is renamed or moved loses nothing of another. */
  readonly told: Readonly<Record<string, StageTold>>;
};
export const NOTHING: StageTold = { does: "", asks: "", feels: null, pains: "", touchpoints: "" };
export const BLANK: Told = {
  who: "",
  trigger: "",
  goal: "",
  starts: "",
  ends: "",
  why: "",
  stages: "",
  told: {},
};

export type TopName = "who" | "trigger" | "goal" | "starts" | "ends" | "why" | "stages";
export type StageName = "does" | "asks" | "pains" | "touchpoints";
/** One question: about the journey, or about one stage. */
export type Question =
  | { readonly kind: "line" | "lines"; readonly name: TopName; readonly key: TopKey }
  | {
      readonly kind: "stage";
      readonly name: StageName;
      readonly key: StageKey;
      readonly stage: string;
    }
  | { readonly kind: "feels"; readonly stage: string };
type TopKey = "who" | "trigger" | "goal" | "starts" | "ends" | "reason" | "stages";
type StageKey = "does" | "asks" | "pains" | "touchpoints";

const TOP: readonly [TopName, TopKey][] = [
  ["who", "who"],
  ["trigger", "trigger"],
  ["goal", "goal"],
  ["starts", "starts"],
  ["ends", "ends"],
  ["why", "reason"],
  ["stages", "stages"],
];
const OF_STAGE: readonly StageName[] = ["does", "touchpoints", "asks", "pains"];
export const DEFAULT_STAGES: Readonly<Record<Language, readonly string[]>> = {
  en: ["Become aware", "Decide", "Use", "Stay or leave"],
  de: ["Aufmerksam werden", "Entscheiden", "Nutzen", "Bleiben oder gehen"],
  ar: ["الانتباه", "القرار", "الاستخدام", "البقاء أو الرحيل"],
};

/** Lines that say something. */
export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((one) => one.trim())
    .filter(Boolean);
}

/** Names of the stages, those we take for none included; each once. */
export function stagesOf(told: Told, language: Language): readonly string[] {
  const named = [...new Set(lines(told.stages))];
  return named.length ? named : DEFAULT_STAGES[language];
}

/** All questions, those about stages for each of them. */
export function questions(told: Told, language: Language): Question[] {
  const top: Question[] = TOP.map(([name, key]) => ({
    kind: name === "stages" ? "lines" : "line",
    name,
    key,
  }));
  const inside = stagesOf(told, language).flatMap((stage): Question[] => [
    ...OF_STAGE.map((name): Question => ({ kind: "stage", name, key: name, stage })),
    { kind: "feels", stage },
  ]);
  return [...top, ...inside];
}

/** Why a question is asked. */
export function whyKey(question: Question): PlainKey {
  if (question.kind === "feels") return "draft_feels_why";
  if (question.kind === "stage") return `draft_${question.key}_why`;
  if (question.key === "starts" || question.key === "ends") return "draft_scope_why";
  return `draft_${question.key}_why`;
}

/** The answers as the server takes them. */
export function answersOf(told: Told, language: Language) {
  return {
    language,
    who: told.who,
    trigger: told.trigger,
    goal: told.goal,
    starts: told.starts,
    ends: told.ends,
    why: told.why,
    stages: stagesOf(told, language).map((name) => {
      const one = told.told[name] ?? NOTHING;
      return {
        name,
        does: lines(one.does),
        asks: lines(one.asks),
        feels: one.feels,
        pains: lines(one.pains),
        touchpoints: lines(one.touchpoints),
      };
    }),
  };
}

/** Answers that were kept as text, or blank ones. */
export function keptTold(text: string | null): Told {
  try {
    const data: unknown = JSON.parse(text ?? "null");
    return isTold(data) ? data : BLANK;
  } catch {
    return BLANK;
  }
}

function isTold(data: unknown): data is Told {
  if (typeof data !== "object" || data === null) return false;
  const found: Record<string, unknown> = { ...data };
  const isStage = (one: unknown) => {
    const stage: Record<string, unknown> = typeof one === "object" ? { ...one } : {};
    const isText = OF_STAGE.every((name) => typeof stage[name] === "string");
    return isText && (stage.feels === null || typeof stage.feels === "number");
  };
  const { told } = found;
  return (
    TOP.every(([name]) => typeof found[name] === "string") &&
    typeof told === "object" &&
    told !== null &&
    Object.values(told).every(isStage)
  );
}
