import { Link } from "wouter";
import type {
  WalkLaneSaid,
  WalkMarkSaid,
  WalkQuoteSaid,
  WalkStepSaid,
} from "../../api/types/readings.ts";
import { placeHref } from "../../board/evidence/place.ts";
import { Face } from "../../board/view/Face.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { MoodLine } from "./MoodLine.tsx";

/** Signs beside the words of verdicts and gaps, so that color is not alone. */
const SIGNS: Readonly<Record<string, string>> = {
  confirmed: "✓",
  refuted: "✗",
  mixed: "⇅",
  unknown: "?",
  stale: "◷",
  untestable: "–",
  short: "↓",
  better: "↑",
  even: "=",
};

const LONG = 80;

type StepProps = {
  readonly mapId: string;
  readonly one: WalkStepSaid;
  readonly at: string;
  /** Language of the map; what stands beside is in that of the reader. */
  readonly language: string;
  readonly headRef?: React.Ref<HTMLHeadingElement>;
};

/** One step of the story: what I do, ask, think and feel, who is here, and how sure all of it is. */
export function StoryStep({ mapId, one, at, language, headRef }: StepProps) {
  const { say } = useWords();
  const Head = headRef ? "h1" : "h2";
  return (
    <article className="story-step">
      <p className="soft small">
        {one.stage ? (
          <>
            <span lang={language} dir="auto">
              {one.stage}
            </span>
            {" · "}
          </>
        ) : null}
        <span>{at}</span>
      </p>
      <Head
        ref={headRef}
        tabIndex={headRef ? -1 : undefined}
        className={one.name.length > LONG ? "story-long" : undefined}
        lang={language}
        dir="auto"
      >
        {one.name}
      </Head>
      {one.goal ? (
        <p lang={language} dir="auto">
          {one.goal}
        </p>
      ) : null}
      {one.is_moment ? (
        <p className="story-moment">
          <span aria-hidden="true">★</span> {say("story_moment")}
        </p>
      ) : null}
      <Marks marks={one.marks} />
      <Numbers one={one} />
      <Feeling one={one} language={language} />
      <Quotes quotes={one.quotes} isFolded={headRef !== undefined} />
      <Lanes lanes={[...one.front, ...one.onward]} language={language} mapId={mapId} />
      {one.behind.length ? (
        <details className="story-behind" open={!headRef}>
          <summary>{say("story_behind")}</summary>
          <Lanes lanes={one.behind} language={language} mapId={mapId} />
        </details>
      ) : null}
    </article>
  );
}

const AT_ONCE = 2;

/** Words of customers: two at once, the others folded; on paper all. */
function Quotes({ quotes, isFolded }: { quotes: readonly WalkQuoteSaid[]; isFolded: boolean }) {
  const { say } = useWords();
  if (!quotes.length) return null;
  const listed = (some: readonly WalkQuoteSaid[]) =>
    some.map((quote) => (
      <figure key={quote.text + quote.about}>
        <blockquote lang={quote.language} dir="auto">
          {quote.text}
        </blockquote>
        <figcaption className="soft small">{quote.about}</figcaption>
      </figure>
    ));
  const rest = quotes.slice(AT_ONCE);
  return (
    <section className="story-said" aria-label={say("story_said")}>
      {listed(quotes.slice(0, AT_ONCE))}
      {rest.length ? (
        <details open={!isFolded}>
          <summary>{say("story_more_said", { count: rest.length })}</summary>
          {listed(rest)}
        </details>
      ) : null}
    </section>
  );
}

function Numbers({ one }: { one: WalkStepSaid }) {
  const { say } = useWords();
  const { here, left, before } = one;
  if (!here && !left && !before) return null;
  return (
    <dl className="story-numbers">
      {before ? (
        <div>
          <dt dir="auto">
            {before.is_assumed
              ? say("story_assumed_time")
              : say("story_since", { step: before.after })}
          </dt>
          <dd>
            {before.text}
            {before.slow ? (
              <span className="soft"> · {say("story_slow", { time: before.slow })}</span>
            ) : null}
          </dd>
        </div>
      ) : null}
      {here ? (
        <div>
          <dt>{say("story_here")}</dt>
          <dd>{here.text}</dd>
        </div>
      ) : null}
      {left ? (
        <div>
          <dt>{say("story_left")}</dt>
          <dd>{left.text}</dd>
        </div>
      ) : null}
    </dl>
  );
}

function Feeling({ one, language }: { one: WalkStepSaid; language: string }) {
  const { say } = useWords();
  if (!one.moods.length && !one.felt) return null;
  return (
    <section className="story-felt">
      <h3>{say("story_feel")}</h3>
      <MoodLine moods={one.moods} felt={one.felt} />
      <ul>
        {one.moods.map((mood) => (
          <li key={mood.persona + mood.text}>
            {mood.score === null ? null : <Face score={mood.score} />}
            <span lang={language} dir="auto">
              {mood.persona ? `${mood.persona}: ` : ""}
              {mood.text}
            </span>
            <span className="soft">({say("story_assumed")})</span>
          </li>
        ))}
        <li>
          {one.felt?.value == null ? null : <Face score={one.felt.value} />}
          <span>
            {say("story_measured")}: {one.felt ? one.felt.text : say("story_not_asked")}
          </span>
        </li>
      </ul>
    </section>
  );
}

type LanesProps = {
  readonly lanes: readonly WalkLaneSaid[];
  readonly language: string;
  readonly mapId: string;
};

function Lanes({ lanes, language, mapId }: LanesProps) {
  if (!lanes.length) return null;
  return (
    <div className="story-lanes">
      {lanes.map((lane) => (
        <section key={lane.key} className={`story-lane story-lane-${lane.key}`}>
          <h3>{lane.title}</h3>
          <ul>
            {lane.items.map((item) => (
              <li key={item.ref + item.text}>
                {item.ref ? (
                  <Link
                    href={placeHref(mapId, item.ref)}
                    className="story-item"
                    lang={language}
                    dir="auto"
                  >
                    {item.text}
                  </Link>
                ) : (
                  <span lang={language} dir="auto">
                    {item.text}
                  </span>
                )}
                {item.note ? <span className="soft small story-note">{item.note}</span> : null}
                <Marks marks={item.marks} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function Marks({ marks }: { marks: readonly WalkMarkSaid[] }) {
  return marks.map((mark) => (
    <span key={mark.ref + mark.text} className={`story-mark story-mark-${mark.verdict || "bare"}`}>
      {SIGNS[mark.verdict] ? <span aria-hidden="true">{SIGNS[mark.verdict]} </span> : null}
      {mark.text}
    </span>
  ));
}
