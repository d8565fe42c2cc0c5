import { memo, useMemo } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import type { Board } from "../../doc/board.ts";
import { Button } from "../../ui/Button.tsx";
import { localDay } from "../../ui/days.ts";
import { SelectField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { choicesOf, isThere } from "../evidence/desk.ts";
import { isPut } from "../evidence/gaps.ts";
import { type Judged, MODES } from "../evidence/judged.ts";
import { personasOf } from "./drawn.ts";
import { Mark } from "./Mark.tsx";
import { segmentWords } from "./markWords.ts";
import { NotLoaded } from "./NotLoaded.tsx";
import { useEvidence, useEvidenceLook, useMark } from "./useEvidence.ts";

/** How the board is read, of whom, and how much of it is known. */
export const EvidenceBar = memo(function EvidenceBar({
  board,
  href,
}: {
  board: Board;
  href: string;
}) {
  const desk = useEvidence();
  const look = useEvidenceLook();
  const { say } = useWords();
  const { judged, mode, isTrayOpen } = look;
  const isShown = mode !== "belief" && judged !== null && judged.isChecked;
  return (
    <section className="evidence-bar" aria-label={say("evidence_bar")} data-asking={look.isAsking}>
      <ModeSwitch />
      {isShown ? <WhoseFields judged={judged} board={board} /> : null}
      <Standing board={board} />
      <NotLoaded board={board} />
      {judged?.isChecked ? (
        <Button
          aria-pressed={isTrayOpen}
          onPress={() => desk.set({ isTrayOpen: !isTrayOpen, missing: "" })}
        >
          <MissingCount judged={judged} board={board} />
        </Button>
      ) : null}
      {href && judged ? (
        <a className="evidence-link" href={`#${href}`}>
          {say(judged.isChecked ? "evidence_open" : "evidence_room")}
        </a>
      ) : null}
    </section>
  );
});

function ModeSwitch() {
  const desk = useEvidence();
  const { mode } = useEvidenceLook();
  const { say } = useWords();
  return (
    <RadioGroup
      className="switch"
      orientation="horizontal"
      value={mode}
      onChange={(value) => {
        const found = MODES.find((one) => one === value);
        if (found) desk.read(found);
      }}
    >
      <Label className="unseen">{say("read_as")}</Label>
      {MODES.map((one) => (
        <Radio key={one} value={one} className="switch-part">
          {say(`read_${one}`)}
        </Radio>
      ))}
    </RadioGroup>
  );
}

function MissingCount({ judged, board }: { judged: Judged; board: Board }) {
  const { say } = useWords();
  const count = useMemo(
    () => judged.said.missing.filter((one) => !isPut(board, one)).length,
    [judged, board],
  );
  return <>{count > 0 ? say("missing_open", { count }) : say("missing_title")}</>;
}

/** How much is settled, how old that is, and whose numbers are shown. */
function Standing({ board }: { board: Board }) {
  const look = useEvidenceLook();
  const { say } = useWords();
  const map = board.find("map") ?? null;
  const goal = useMark(map);
  const { judged } = look;
  const count = useMemo(() => judged?.changed(board) ?? 0, [judged, board]);
  if (!judged) {
    return (
      <p className="evidence-standing" role="status">
        {look.failed ? "" : say("evidence_loading")}
      </p>
    );
  }
  const { snapshot, coverage, due } = judged.said;
  if (!snapshot) {
    return (
      <p className="evidence-standing" role="status">
        {say("evidence_none")}
      </p>
    );
  }
  const parts = [
    coverage ? <SettledCount key="settled" judged={judged} /> : null,
    <span key="day">
      <Days to={snapshot.window_to} due={due} made={snapshot.made_us} />
    </span>,
    count > 0 ? (
      <span key="changed" data-worth>
        {say("changed_count", { count })}
      </span>
    ) : null,
  ];
  return (
    <>
      <p className="evidence-standing" role="status">
        {look.mode === "belief" ? null : <Whose judged={judged} board={board} />}
        {parts}
      </p>
      {goal ? (
        <div className="evidence-goal">
          <Mark mark={goal} of={say("goal_mark")} />
        </div>
      ) : null}
    </>
  );
}

function SettledCount({ judged }: { judged: Judged }) {
  const { say, number } = useWords();
  const { coverage } = judged.said;
  if (!coverage) return null;
  const { settled, statements: count } = coverage;
  return <span>{say("settled_of", { settled: number(settled), count })}</span>;
}

const MS = 1000;

function Days({ to, due, made }: { to: string; due: string; made: number }) {
  const words = useWords();
  const { say } = words;
  if (!to) return say("evidence_undated");
  const told = say("evidence_upto", { day: words.day(to) });
  const today = localDay(new Date(Math.max(Date.now(), made / MS)));
  return due && due < today ? `${told}, ${say("evidence_due", { day: words.day(due) })}` : told;
}

function Whose({ judged, board }: { judged: Judged; board: Board }) {
  const words = useWords();
  const { say } = words;
  const { group, snapshot } = judged.said;
  if (!group) {
    return <strong>{say("everyone_cases", { count: snapshot?.cases ?? 0 })}</strong>;
  }
  const who = group.segment ? segmentWords(group.segment, personasOf(board)) : say("whose_all");
  const day = words.day(group.window_from);
  const whose = group.window_from ? say("shown_days", { whose: who, day }) : who;
  return <strong>{say("shown_for", { whose, count: group.cases })}</strong>;
}

function WhoseFields({ judged, board }: { judged: Judged; board: Board }) {
  const desk = useEvidence();
  const { whose } = useEvidenceLook();
  const words = useWords();
  const { say } = words;
  const { groups } = judged.said;
  const names = personasOf(board);
  const { segments, windows } = choicesOf(groups);
  const first = (window: string) => words.day(window.slice(0, window.indexOf("..")));
  if (groups.length === 0) return null;
  const pick = (change: Partial<typeof whose>) => {
    const wanted = { ...whose, ...change };
    // what was not judged together is not made up: the other choice gives way
    if (isThere(groups, wanted)) desk.choose(wanted);
    else desk.choose({ segment: "", window: "", ...change });
  };
  return (
    <div className="evidence-whose">
      {segments.length > 0 ? (
        <SelectField
          label={say("whose")}
          choices={[
            { id: "", words: say("whose_all") },
            ...segments.map((id) => ({ id, words: segmentWords(id, names) })),
          ]}
          chosen={whose.segment}
          onChoose={(segment) => pick({ segment })}
        />
      ) : null}
      {windows.length > 0 ? (
        <SelectField
          label={say("when")}
          choices={[
            { id: "", words: say("when_all") },
            ...windows.map((id) => ({
              id,
              words: isThere(groups, { ...whose, window: id })
                ? say("when_from", { day: first(id) })
                : say("when_none", { day: first(id) }),
            })),
          ]}
          chosen={whose.window}
          onChoose={(window) => pick({ window })}
        />
      ) : null}
    </div>
  );
}
