import type { ProofSaid } from "../../../api/types/data.ts";
import type { MapSession } from "../../../doc/session.ts";
import { Button } from "../../../ui/Button.tsx";
import { SelectField } from "../../../ui/Fields.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import type { PlainKey } from "../../../ui/words/words.ts";
import { Scores } from "./Scores.tsx";
import type { Change } from "./SourcePage.tsx";
import { columnOf, examplesOf } from "./told.ts";

export type ReadingProps = { proof: ProofSaid; change: Change | undefined };
export type AboutProps = {
  session: MapSession;
  /** Says what answers are about, also while they are in use. */
  about: Change | undefined;
};
type Role = { role: string; words: PlainKey; none?: PlainKey };

const EVENT_ROLES: readonly Role[] = [
  { role: "case", words: "proof_case" },
  { role: "customer", words: "proof_customer", none: "proof_same_as_case" },
  { role: "activity", words: "proof_activity" },
  { role: "time", words: "proof_time", none: "proof_no_time" },
  { role: "channel", words: "proof_channel", none: "proof_none" },
];
const ANSWER_ROLES: readonly Role[] = [
  { role: "customer", words: "proof_customer_said", none: "proof_none" },
  { role: "case", words: "proof_case_said", none: "proof_none" },
  { role: "time", words: "proof_time_said", none: "proof_none" },
  { role: "at", words: "proof_at", none: "proof_none" },
];
const NONE = "-";

/** The sentences that say how a file is read, each with a menu to correct it. */
export function Reading({ session, proof, change, about }: ReadingProps & AboutProps) {
  const { say } = useWords();
  const isEvents = proof.source.kind === "events";
  const roles = isEvents ? EVENT_ROLES : ANSWER_ROLES;
  const other = isEvents ? "feedback" : "events";
  return (
    <section className="proof-part" aria-label={say("data_look_at", { name: proof.source.name })}>
      <p className="proof-row">
        {say(isEvents ? "proof_row_events" : "proof_row_feedback")}
        {change ? (
          <Button weight="quiet" onPress={() => change({ kind: other })}>
            {say(isEvents ? "proof_other_feedback" : "proof_other_events")}
          </Button>
        ) : null}
      </p>
      <div className="proof-roles">
        {roles.map((one) => (
          <RoleField key={one.role} {...one} proof={proof} change={change} />
        ))}
        <ZoneField proof={proof} change={change} />
        <OrderField proof={proof} change={change} />
      </div>
      {isEvents ? null : <Scores session={session} proof={proof} change={change} about={about} />}
    </section>
  );
}

/** What is sent where nothing plays a role. */
function nothing(proof: ProofSaid, role: string): string {
  if (proof.source.kind === "feedback" || role === "time") return "none";
  return role === "customer" ? columnOf(proof, "case") : "(constant) ";
}

function RoleField({ role, words, none, proof, change }: Role & ReadingProps) {
  const { say } = useWords();
  const found = columnOf(proof, role);
  const sameAsCase = role === "customer" && found !== "" && found === columnOf(proof, "case");
  const isNone = !found || found.startsWith("(constant)") || (sameAsCase && none !== undefined);
  const examples = isNone ? "" : examplesOf(proof, found);
  const isJoined = !isNone && !proof.columns.some((one) => one.name === found);
  const names = [...(isJoined ? [found] : []), ...proof.columns.map((one) => one.name)];
  const choices = [
    ...(none || isNone ? [{ id: NONE, words: say(none ?? "proof_choose") }] : []),
    ...[...new Set(names)].map((name) => ({ id: `=${name}`, words: name })),
  ];
  if (!change) {
    return (
      <div className="proof-role">
        <p className="field-label">{say(words)}</p>
        <p dir="auto">{isNone ? say(none ?? "proof_none") : found}</p>
        {examples ? <Examples examples={examples} /> : null}
      </div>
    );
  }
  return (
    <div className="proof-role">
      <SelectField
        label={say(words)}
        choices={choices}
        chosen={isNone ? NONE : `=${found}`}
        onChoose={(id) => {
          const column = id === NONE ? nothing(proof, role) : id.slice(1);
          if (id !== NONE || none) change({ roles: { [role]: column } });
        }}
      />
      {examples ? <Examples examples={examples} /> : null}
    </div>
  );
}

export function Examples({ examples }: { examples: string }) {
  const { say } = useWords();
  return (
    <p className="small soft proof-examples" dir="auto">
      {say("proof_examples", { examples: `${examples} …` })}
    </p>
  );
}

/** The zone of times that name none. */
function ZoneField({ proof, change }: ReadingProps) {
  const { say } = useWords();
  const time = proof.times[0];
  if (!time || !change || time.zone_source === "in the data") return null;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([time.zone, "UTC", here])];
  return (
    <div className="proof-role">
      <SelectField
        label={say("proof_zone")}
        choices={zones.map((zone) => ({ id: zone, words: zone }))}
        chosen={time.zone}
        onChoose={(zone) => change({ zone })}
      />
    </div>
  );
}

/** Whether dates begin with the day, where no row decides it. */
function OrderField({ proof, change }: ReadingProps) {
  const { say } = useWords();
  if (!change || !proof.questions.some((one) => one.role === "time_format")) return null;
  return (
    <div className="proof-role">
      <SelectField
        label={say("proof_day_order")}
        choices={[
          { id: NONE, words: say("proof_choose") },
          { id: "day-first", words: say("proof_day_first") },
          { id: "month-first", words: say("proof_month_first") },
        ]}
        chosen={NONE}
        onChoose={(id) => id !== NONE && change({ time_format: id })}
      />
    </div>
  );
}
