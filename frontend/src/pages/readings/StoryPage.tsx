import { useCallback, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { addressOf } from "../../api/calls.ts";
import type { WalkSaid, WalkStepSaid } from "../../api/types/readings.ts";
import { valueWords } from "../../board/evidence/numbers.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { Menu, MenuItem, MenuTrigger } from "../../ui/Menu.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { Made } from "./Made.tsx";
import { StoryStep } from "./StoryStep.tsx";
import { isTaken, turned } from "./turning.ts";
import "./story.css";

/** Walk as the customer: one step a screen. */
export function StoryPage({ session, mapId, at }: RoomProps & { at: string }) {
  const { say, language } = useWords();
  const [persona, setPersona] = useState("");
  const query = new URLSearchParams({ persona, language });
  const path = addressOf("/api/maps/{map}/story", new Map([["map", mapId]]));
  const { data, error, again } = useAsked<WalkSaid>(`${path}?${query}`);
  const [last, setLast] = useState<WalkSaid>();
  useEffect(() => {
    if (data) setLast(data);
  }, [data]);
  useNews(session, "evidence", again);
  const walk = data ?? last;
  return (
    <div className="room-page readings-page">
      {error ? <Trouble error={error} retry={again} /> : null}
      {walk || error ? null : <p role="status">{say("loading")}</p>}
      {walk && !walk.steps.length ? (
        <Empty title={say("story_empty")}>
          <p>{say("story_empty_more")}</p>
        </Empty>
      ) : null}
      {walk?.steps.length ? (
        <Walk mapId={mapId} walk={walk} at={at} persona={persona} onPersona={setPersona} />
      ) : null}
    </div>
  );
}

type WalkProps = {
  readonly mapId: string;
  readonly walk: WalkSaid;
  readonly at: string;
  readonly persona: string;
  readonly onPersona: (id: string) => void;
};

function Walk({ mapId, walk, at, persona, onPersona }: WalkProps) {
  const { say } = useWords();
  const { steps } = walk;
  const now = Math.max(
    0,
    steps.findIndex((one) => one.ref === at),
  );
  const head = useRef<HTMLHeadingElement>(null);
  const { turn, close } = useTurning(mapId, steps, now, head);
  const atWords = (number: number) => say("story_at", { number: number + 1, count: steps.length });
  const one = steps[now];
  if (!one) return null;
  return (
    <>
      <div className="story-tools">
        {walk.personas.length ? (
          <SelectField
            label={say("story_of")}
            choices={[
              { id: "", words: say("story_everybody") },
              ...walk.personas.map(({ id, name }) => ({ id, words: name })),
            ]}
            chosen={persona}
            onChoose={onPersona}
          />
        ) : null}
        <PrintMenu />
        <IconButton icon="close" label={say("story_close")} onPress={close} />
      </div>
      <div className="story-turn">
        <Button icon="back" isDisabled={now === 0} onPress={() => turn(now - 1)}>
          {say("story_back")}
        </Button>
        <Still steps={steps} now={now} />
        <Button
          weight="primary"
          icon="forward"
          isDisabled={now === steps.length - 1}
          onPress={() => turn(now + 1)}
        >
          {say("story_on")}
        </Button>
      </div>
      <p className="soft small story-keys">{say("story_keys")}</p>
      <StoryStep
        key={one.ref}
        mapId={mapId}
        one={one}
        at={atWords(now)}
        language={walk.language}
        headRef={head}
      />
      {walk.made ? <Made made={walk.made} /> : <p className="soft">{say("story_unmeasured")}</p>}
      <div className="story-print" aria-hidden="true">
        <p className="story-print-title" lang={walk.language} dir="auto">
          {walk.title}
        </p>
        {steps.map((step, number) => (
          <StoryStep
            key={step.ref}
            mapId={mapId}
            one={step}
            at={atWords(number)}
            language={walk.language}
          />
        ))}
      </div>
    </>
  );
}

/** Turn to a step by its number, by keys too; every step has an address of its own. */
function useTurning(
  mapId: string,
  steps: readonly WalkStepSaid[],
  now: number,
  head: React.RefObject<HTMLHeadingElement | null>,
) {
  const [, go] = useLocation();
  const base = hrefOf(mapId, "readings");
  const close = useCallback(() => go(base), [go, base]);
  const isTurned = useRef(false);
  const turn = useCallback(
    (number: number) => {
      const ref = steps[number]?.ref;
      if (!ref || number === now) return;
      isTurned.current = true;
      go(`${base}/story/${encodeURIComponent(ref).replaceAll("%3A", ":")}`, { replace: true });
    },
    [steps, now, go, base],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new step takes the focus
  useEffect(() => {
    if (isTurned.current) head.current?.focus();
  }, [now, head]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (isTaken(event)) return;
      const isMirrored = document.documentElement.dir === "rtl";
      const to = turned(event.key, now, steps.length, isMirrored);
      if (event.key === "Escape") close();
      else if (to !== null) turn(to);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [turn, close, now, steps.length]);
  return { turn, close };
}

/** A bar for each step, as high as the share that comes there; the step shown stands out. */
function Still({ steps, now }: { steps: readonly WalkStepSaid[]; now: number }) {
  const words = useWords();
  const { say } = words;
  const share = steps[now]?.here?.share;
  const told = share == null ? "" : `: ${valueWords(words, share, "share")}`;
  return (
    <svg
      className="story-still"
      viewBox={`0 0 ${steps.length * 8} 24`}
      preserveAspectRatio="none"
      role="img"
      aria-label={say("story_still") + told}
    >
      {steps.map((one, at) => {
        const high = Math.max(0.8, (one.here?.share ?? 0) * 24);
        return (
          <rect
            key={one.ref}
            x={at * 8 + 1}
            y={24 - high}
            width="6"
            height={high}
            className={at === now ? "story-now" : undefined}
          />
        );
      })}
    </svg>
  );
}

/** Print all steps: each on a page of its own, or close together. */
function PrintMenu() {
  const { say } = useWords();
  const print = (isCompact: boolean) => {
    document.documentElement.classList.toggle("print-compact", isCompact);
    window.print();
  };
  return (
    <MenuTrigger>
      <Button weight="quiet">{say("story_print")}</Button>
      <Menu label={say("story_print")}>
        <MenuItem id="pages" onAction={() => print(false)}>
          {say("story_print_pages")}
        </MenuItem>
        <MenuItem id="compact" onAction={() => print(true)}>
          {say("story_print_compact")}
        </MenuItem>
      </Menu>
    </MenuTrigger>
  );
}
