/** Which activities patterns mean, as the server reads them: `*` any letters, `?` one. */

import { eventsOf } from "../../../board/events.ts";
import type { Board, Card } from "../../../doc/board.ts";
import { isList, isObject, type Json, textAt } from "../../../model/json.ts";

/** An activity and its channels, as far as patterns look at them. */
export interface Doing {
  readonly activity: string;
  readonly events: number;
  readonly channels: readonly { readonly channel: string; readonly events: number }[];
}

/** An entry of the events that mean a step. */
export interface Pattern {
  readonly activity: string;
  readonly channel: string | undefined;
}

/** A step of a map with what is bound to it. */
export interface Step {
  readonly card: Card;
  readonly name: string;
  readonly stage: string;
  readonly patterns: readonly Pattern[];
}

const SPECIAL = /[\\^$.+()[\]{}|/]/g;

/** Whether a pattern means a name. */
export function means(pattern: string, name: string): boolean {
  const quoted = pattern.replace(SPECIAL, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${quoted}$`, "su").test(name);
}

/** Events of an activity that an entry means. */
function caught(pattern: Pattern, doing: Doing): number {
  if (!means(pattern.activity, doing.activity)) return 0;
  const { channel } = pattern;
  if (channel === undefined) return doing.events;
  return doing.channels.reduce(
    (sum, one) => sum + (means(channel, one.channel) ? one.events : 0),
    0,
  );
}

/** Channels of activities, those with the most events first; none where there is only one. */
export function channelsOf(doings: readonly Doing[]): readonly string[] {
  const events = new Map<string, number>();
  for (const { channel, events: count } of doings.flatMap((one) => one.channels)) {
    if (channel) events.set(channel, (events.get(channel) ?? 0) + count);
  }
  const sorted = [...events].sort(([, one], [, other]) => other - one);
  return sorted.length > 1 ? sorted.map(([channel]) => channel) : [];
}

/** What happens in one channel. */
export function within<D extends Doing>(doings: readonly D[], channel: string): readonly D[] {
  return doings.flatMap((one) => {
    const channels = one.channels.filter((each) => each.channel === channel);
    const events = channels.reduce((sum, each) => sum + each.events, 0);
    return channels.length ? [{ ...one, channels, events }] : [];
  });
}

/** Events of an activity that no entry of any step means. */
export function looseEvents(doing: Doing, steps: readonly Step[]): number {
  const patterns = steps.flatMap((step) => step.patterns);
  return doing.channels
    .filter((one) => !patterns.some((each) => caught(each, { ...doing, channels: [one] }) > 0))
    .reduce((sum, one) => sum + one.events, 0);
}

/** What an entry catches: activities and their events. */
export function catches(
  pattern: Pattern,
  doings: readonly Doing[],
): { readonly count: number; readonly events: number } {
  const found = doings.map((one) => caught(pattern, one)).filter((events) => events > 0);
  return { count: found.length, events: found.reduce((sum, one) => sum + one, 0) };
}

/** The entries of a value of a card. */
function patternsOf(value: Json | undefined): readonly Pattern[] {
  if (!isList(value)) return [];
  return value.flatMap((one) => {
    const activity = isObject(one) ? textAt(one, "activity") : "";
    if (!isObject(one) || !activity) return [];
    return [{ activity, channel: textAt(one, "channel") || undefined }];
  });
}

/** What somebody typed, as an entry: `pay* @ web`; null for nothing. */
export function patternOf(text: string): Pattern | null {
  return patternsOf(eventsOf(text))[0] ?? null;
}

/** An entry as people write it. */
export function patternWords({ activity, channel }: Pattern): string {
  return channel === undefined ? activity : `${activity} @ ${channel}`;
}

/** Steps of a map in order, with what is bound to them. */
export function stepsOf(board: Board): readonly Step[] {
  return board.row("map", "stage").flatMap((stage) =>
    board.row(stage.ref, "step").map((card) => ({
      card,
      name: textAt(card.fields, "name") || card.id,
      stage: textAt(stage.fields, "name") || stage.id,
      patterns: patternsOf(card.fields.events),
    })),
  );
}

/** Steps that an activity means. */
export function stepsFor(doing: Doing, steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => step.patterns.some((one) => caught(one, doing) > 0));
}

/** The value of a card with more entries; those it has already stay as they are. */
export function withPatterns(step: Step, patterns: readonly Pattern[]): readonly Json[] {
  const kept = isList(step.card.fields.events) ? step.card.fields.events : [];
  const known = new Set(step.patterns.map(patternWords));
  const fresh = patterns.filter((one) => !known.has(patternWords(one)));
  return [
    ...kept,
    ...fresh.map(({ activity, channel }) =>
      channel === undefined ? { activity } : { activity, channel },
    ),
  ];
}

/** The value of a card without an entry; null where none is left. */
export function withoutPattern(step: Step, pattern: Pattern): Json {
  const kept = isList(step.card.fields.events) ? step.card.fields.events : [];
  const left = kept.filter((one) => {
    const [found] = patternsOf([one]);
    return !found || patternWords(found) !== patternWords(pattern);
  });
  return left.length ? left : null;
}

/** An activity as an entry: every letter of its name stands for itself, as far as patterns can say so. */
export function exactly(activity: string, channel?: string): Pattern {
  const literal = (name: string) => name.replaceAll("*", "?");
  return { activity: literal(activity), channel: channel && literal(channel) };
}
