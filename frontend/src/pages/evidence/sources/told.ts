/** What is said of a source in a line. */

import { Refused } from "../../../api/client.ts";
import type { ColumnSaid, ProofSaid, SourceSaid } from "../../../api/types/data.ts";
import type { PlainKey, Words } from "../../../ui/words/words.ts";

const US_PER_MS = 1000;
const MIB = 1024 ** 2;

/** What is in a source: counts, and from when to when. */
export function countsOf(source: SourceSaid, { say, date }: Words): string[] {
  const { events, cases, customers, answers, from_us, to_us } = source;
  const days: string[] = [];
  if (from_us !== null && to_us !== null) {
    const [first, last] = [date(from_us / US_PER_MS), date(to_us / US_PER_MS)];
    days.push(say("data_span", { first, last }));
  }
  return [
    ...(events === null ? [] : [say("data_count_events", { count: events })]),
    ...(cases === null ? [] : [say("data_count_cases", { count: cases })]),
    ...(answers === null ? [] : [say("data_count_answers", { count: answers })]),
    ...(customers === null ? [] : [say("data_count_customers", { count: customers })]),
    ...(events === null && answers === null && source.rows
      ? [say("data_count_rows", { count: source.rows })]
      : []),
    ...days,
  ];
}

/** How private columns were treated, a line for each way. */
export function privacyOf(source: SourceSaid, { say, list }: Words): string[] {
  const named = (how: string) =>
    Object.entries(source.privacy).flatMap(([name, one]) => (one === how ? [name] : []));
  const ways = [
    ["hash", "data_private_hash"],
    ["mask", "data_private_mask"],
    ["drop", "data_private_drop"],
  ] as const;
  return ways.flatMap(([how, key]) => {
    const names = named(how);
    return names.length ? [say(key, { names: list(names) })] : [];
  });
}

/** What is under way with a source, in a sentence; "" for nothing. */
export function underWords({ doing, name }: SourceSaid, { say }: Words): string {
  switch (doing) {
    case "waiting":
    case "reading":
    case "keeping":
      return say(`data_${doing}`, { name });
    default:
      return "";
  }
}

/** How a source stands, in a word or two. */
export function stateKey({ doing, state, is_failed }: SourceSaid): PlainKey {
  if (doing === "keeping") return "data_is_kept";
  if (doing) return doing === "waiting" ? "data_waits" : "data_is_read";
  if (is_failed && state === "arrived") return "data_failed";
  return state === "confirmed" ? "data_in_use" : "data_proposed";
}

/** Why the last reading of a source failed, nothing where it did not or nobody may know. */
export function refusedOf({ problems }: SourceSaid): Refused | undefined {
  const [first] = problems;
  if (!first) return undefined;
  return new Refused({ status: 400, code: first.code, title: first.what, problems });
}

/** A size of a file. */
export function sizeOf(bytes: number, { number }: Words): string {
  const unit = bytes >= MIB ? "megabyte" : "kilobyte";
  const value = bytes >= MIB ? bytes / MIB : Math.ceil(bytes / 1024);
  return number(value, { style: "unit", unit, maximumFractionDigits: 0 });
}

const KINDS = {
  email: "private_email",
  phone: "private_phone",
  ip: "private_ip",
  card: "private_card",
  iban: "private_iban",
  handle: "private_handle",
  link: "private_link",
} as const satisfies Readonly<Record<string, PlainKey>>;

/** Why a column looks private, "" where it does not. */
export function privateWhy(column: ColumnSaid, { say, list }: Words): string {
  const found = Object.entries(KINDS).flatMap(([kind, key]) =>
    kind in column.found ? [say(key)] : [],
  );
  const why = [
    ...(column.is_of_people ? [say("private_of_people")] : []),
    ...(found.length ? [say("private_found", { kinds: list(found) })] : []),
  ];
  return why.join("; ");
}

/** Whether something is to be decided about a column. */
export function isPrivate(column: ColumnSaid): boolean {
  return column.is_of_people || Object.keys(column.found).length > 0 || column.how !== "keep";
}

/** Values of a column as they are told; columns that are joined are told together. */
export function examplesOf(proof: ProofSaid, column: string): string {
  const known = (name: string) => proof.columns.find((one) => one.name === name);
  const parts = known(column) ? [known(column)] : column.split("+").map((one) => known(one.trim()));
  const values = parts.map((one) => (one?.examples ?? []).join(", "));
  return values.filter((one) => one).join(" + ");
}

/** The column that plays a role, "" for none. */
export function columnOf(proof: ProofSaid, role: string): string {
  return proof.roles.find((one) => one.role === role)?.column ?? "";
}
