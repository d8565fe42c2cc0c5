import { useEffect, useRef } from "react";
import type { DeadStepSaid, GapSaid } from "../../api/types/index.ts";
import type { Board } from "../../doc/board.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { hasActivity, isPut, putStatement, putStep, stepName } from "../evidence/gaps.ts";
import { intervalWords, numberWords, valueWords } from "../evidence/numbers.ts";
import { nameOf } from "../grid.ts";
import { ProposeButton, type ToPropose } from "./TalkSign.tsx";
import { useHand, useMapLang } from "./useBoard.ts";
import { useChecked, useEvidence, useEvidenceLook } from "./useEvidence.ts";

/** What customers do and the map does not show, and what it shows and nobody does. */
export function MissingTray({ board }: { board: Board }) {
  const desk = useEvidence();
  const { judged, isTrayOpen, missing } = useEvidenceLook();
  const hand = useHand();
  const { say } = useWords();
  const place = useRef<HTMLElement>(null);
  const isShown = isTrayOpen && judged?.isChecked === true;
  useEffect(() => {
    if (!isShown) return;
    const wanted = missing ? `[data-missing="${CSS.escape(missing)}"]` : "h2";
    const found = place.current?.querySelector<HTMLElement>(wanted);
    found?.focus();
    found?.scrollIntoView?.({ block: "nearest" });
  }, [isShown, missing]);
  if (!isShown || !judged) return null;
  const gaps = judged.said.missing.filter((one) => !isPut(board, one));
  const dead = judged.said.dead.filter((one) => board.isShown(one.ref));
  const close = () => {
    desk.set({ isTrayOpen: false, missing: "" });
    hand.set({ grab: hand.getSnapshot().grab + 1 });
  };
  return (
    <aside className="board-missing" aria-labelledby="missing-title" ref={place}>
      <header className="panel-head">
        <h2 id="missing-title" tabIndex={-1}>
          {say("missing_title")}
        </h2>
        <IconButton icon="close" label={say("close")} onPress={close} />
      </header>
      <p className="soft small">{say(gaps.length > 0 ? "missing_more" : "missing_none")}</p>
      <ul className="missing-list">
        {gaps.map((gap) => (
          <Gap
            key={`${gap.kind} ${gap.name}`}
            board={board}
            gap={gap}
            isNamed={gap.name === missing}
          />
        ))}
      </ul>
      {dead.length > 0 ? (
        <>
          <h2>{say("dead_title")}</h2>
          <p className="soft small">{say("dead_more")}</p>
          <ul className="missing-list">
            {dead.map((one) => (
              <Dead key={one.ref} board={board} dead={one} />
            ))}
          </ul>
        </>
      ) : null}
    </aside>
  );
}

function Gap({ board, gap, isNamed }: { board: Board; gap: GapSaid; isNamed: boolean }) {
  const hand = useHand();
  const words = useWords();
  const lang = useMapLang();
  const { say } = words;
  const after = board.find(gap.after);
  const { hits, cases, value } = gap.share;
  const told = {
    value: valueWords(words, value, "share"),
    between: intervalWords(words, gap.share),
    hits: words.number(hits),
    cases: words.number(cases),
  };
  const where = after ? say("missing_after", { step: nameOf(after) }) : "";
  const isDone = hasActivity(gap);
  const why = say(gap.kind === "theme" ? "missing_theme" : "missing_share", told);
  const checked = useChecked();
  const propose = (): ToPropose | null => {
    const made = putStep(board, gap, hand.random) ?? putStatement(board, gap, hand.random);
    if (!made) return null;
    const label = isDone ? stepName(gap.name) : (gap.addition?.text ?? gap.name);
    const { edit, ref } = made;
    return { ref, why: `${label}: ${why} ${checked}`, made: { edit, kind: "add", label } };
  };
  return (
    <li className="missing-one" data-missing={gap.name} data-named={isNamed} tabIndex={-1}>
      <p className="soft small">{say(`gap_${gap.kind}`)}</p>
      <h3 dir="auto" lang={lang}>
        {gap.name.replaceAll("_", " ")}
      </h3>
      <p>{why}</p>
      {where || isDone ? <p className="small">{where || say("missing_first")}</p> : null}
      {gap.goal ? (
        <p className="soft small">
          {say("missing_goal", { number: numberWords(words, gap.goal) })}
        </p>
      ) : null}
      <Examples gap={gap} />
      <p className="missing-acts">
        {isDone && hand.may() ? (
          <Button icon="add" onPress={() => hand.make(putStep(board, gap, hand.random), "added")}>
            {say("missing_put")}
          </Button>
        ) : null}
        {gap.addition && hand.may(gap.addition.lane) ? (
          <Button
            weight={isDone ? "quiet" : "plain"}
            icon="add"
            onPress={() => hand.make(putStatement(board, gap, hand.random), "added")}
          >
            {say("missing_say")}
          </Button>
        ) : null}
        {isDone || gap.addition ? <ProposeButton label={gap.name} ask={propose} /> : null}
      </p>
    </li>
  );
}

/** Real cases around it, names of activities only. */
function Examples({ gap }: { gap: GapSaid }) {
  const { say } = useWords();
  if (gap.examples.length === 0) return null;
  return (
    <details className="small">
      <summary>{say("missing_examples", { count: gap.examples.length })}</summary>
      <ol className="missing-cases">
        {gap.examples.map((one) => (
          <li key={`${one.moment} ${one.activities.join(">")}`}>
            {one.activities.map((activity, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a case does things again
              <span key={`${activity} ${at}`} data-here={at === one.at} dir="auto">
                {activity}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Dead({ board, dead }: { board: Board; dead: DeadStepSaid }) {
  const hand = useHand();
  const words = useWords();
  const lang = useMapLang();
  const { say, number } = words;
  const checked = useChecked();
  const card = board.find(dead.ref);
  if (!card) return null;
  const { hits, cases, value } = dead.reach;
  const most = valueWords(words, dead.reach.high, "share");
  const why =
    value === null
      ? say("dead_few", { high: most })
      : say("dead_share", { hits: number(hits), cases: number(cases), high: most });
  const name = nameOf(card);
  const propose = (): ToPropose => ({
    ref: card.ref,
    why: `${name}: ${why} ${checked}`,
    made: { edit: { do: "mark_gone", ref: card.ref }, kind: "gone", label: name },
  });
  return (
    <li className="missing-one" tabIndex={-1}>
      <h3 dir="auto" lang={lang}>
        {name}
      </h3>
      <p>{why}</p>
      <p className="missing-acts">
        <Button weight="quiet" onPress={() => hand.stand(card.ref, true)}>
          {say("dead_go")}
        </Button>
        {hand.may() ? (
          <Button weight="quiet" icon="gone" onPress={() => hand.take(card)}>
            {say("dead_take")}
          </Button>
        ) : null}
        <ProposeButton label={name} ask={propose} />
      </p>
    </li>
  );
}
