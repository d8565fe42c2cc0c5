import { useEffect, useRef } from "react";
import { Link } from "wouter";
import type { BarSaid, FindingSaid } from "../../api/types/readings.ts";
import { placeHref } from "../../board/evidence/place.ts";
import { segmentWords } from "../../board/view/markWords.ts";
import { Icon } from "../../ui/Icon.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { FindingActs } from "./FindingActs.tsx";
import { usePersonas } from "./usePersonas.ts";

const KINDS = {
  fix: "readings_kind_fix",
  keep: "readings_kind_keep",
  look: "readings_kind_look",
} as const;

type FindingProps = RoomProps & {
  readonly one: FindingSaid;
  readonly language: string;
  /** Whether a link leads here: it gets the focus, and what is said about it stands open. */
  readonly isNamed?: boolean;
};

/** One finding: where, what, whom it touches, how large, how sure, what it rests on. */
export function Finding({ session, mapId, one, language, isNamed = false }: FindingProps) {
  const { say, number } = useWords();
  const personas = usePersonas(session);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isNamed) return;
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: "start" });
  }, [isNamed]);
  return (
    <article
      className={`finding finding-${one.kind}`}
      id={one.anchor}
      lang={language}
      ref={place}
      tabIndex={isNamed ? -1 : undefined}
    >
      <p className="finding-place">
        <Link href={placeHref(mapId, one.ref)}>
          <Icon name="map" />
          <span dir="auto">{one.place}</span>
        </Link>
        <span className="finding-kind">{say(KINDS[one.kind])}</span>
        {one.segment ? (
          <span className="finding-segment" dir="auto">
            {segmentWords(one.segment, personas)}
          </span>
        ) : null}
      </p>
      <h3 dir="auto">{one.words}</h3>
      <p dir="auto">
        {one.whom}; <strong>{one.sure}</strong>
      </p>
      {one.effect ? (
        <p className="finding-effect">
          {one.bar ? <Bar bar={one.bar} kind={one.kind} /> : null}
          <span dir="auto">
            {one.effect} · {say("readings_n", { count: number(one.n) })}
          </span>
        </p>
      ) : null}
      {one.also.map((words) => (
        <p key={words} dir="auto">
          <span className="soft">{say("readings_also")}:</span> {words}
        </p>
      ))}
      {one.quotes.map((words) => (
        <blockquote key={words} dir="auto">
          {words}
        </blockquote>
      ))}
      <details>
        <summary>{say("readings_details")}</summary>
        <dl>
          <Told title={say("readings_warning")} words={one.warning} />
          <Told title={say("readings_to_know")} words={one.more} />
          <Told title={say("readings_facts")} words={one.facts.join(", ")} />
        </dl>
      </details>
      <FindingActs session={session} mapId={mapId} one={one} isOpen={isNamed} />
    </article>
  );
}

function Told({ title, words }: { title: string; words: string }) {
  if (!words) return null;
  return (
    <>
      <dt>{title}</dt>
      <dd dir="auto">{words}</dd>
    </>
  );
}

/** An effect from zero with its interval; the words beside it say the same. */
function Bar({ bar, kind }: { bar: BarSaid; kind: FindingSaid["kind"] }) {
  const hasBoth = Math.min(bar.low, bar.value) < 0;
  const zero = hasBoth ? 50 : 1;
  const unit = (hasBoth ? 49 : 98) / bar.most;
  const x = (value: number) => Math.min(99.5, Math.max(0.5, zero + value * unit));
  const left = Math.min(zero, x(bar.value));
  return (
    <svg className={`bar bar-${kind}`} viewBox="0 0 100 12" aria-hidden="true" focusable="false">
      <rect x={left} y="3" width={Math.max(0.5, Math.abs(x(bar.value) - zero))} height="6" />
      <path
        d={`M${x(bar.low)} 6H${x(bar.high)}M${x(bar.low)} 3.500v5M${x(bar.high)} 3.500v5M${zero} 0v12`}
      />
    </svg>
  );
}
