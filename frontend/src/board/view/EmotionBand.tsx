import { useRef, useState } from "react";
import type { Board } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import {
  besideEachOther,
  type Curve,
  curvesOf,
  depthOf,
  lineOf,
  pathOf,
  pointOf,
  scoreAt,
} from "../curve.ts";
import type { Column } from "../grid.ts";
import { personasOf } from "./drawn.ts";
import { Face } from "./Face.tsx";
import { FeltLines, FeltMark } from "./Felt.tsx";
import { scoreWords, signed } from "./titles.ts";
import { useHand } from "./useBoard.ts";
import { useEvidenceLook } from "./useEvidence.ts";

const WIDTH = 100;
const HEIGHT = 100;
const MARKS = [2, 0, -2] as const;

interface Pulled {
  at: string;
  ref: string;
  score: number;
}

const LOOKS = 8;

/** Number of the color and the dashes of a persona's line. */
export function lookOf(board: Board, persona: string): number {
  const order = ["", ...personasOf(board).keys()];
  return Math.max(0, order.indexOf(persona)) % LOOKS;
}

/** Lines of emotion over all columns; points are pulled up and down. Keys do the same on the cards below. */
export function EmotionBand(props: {
  board: Board;
  columns: readonly Column[];
  persona: string;
  canEdit: boolean;
}) {
  const { board, columns, persona, canEdit } = props;
  const hand = useHand();
  const words = useWords();
  const [pulled, setPulled] = useState<Pulled | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const names = personasOf(board);
  const { mode, judged } = useEvidenceLook();
  const shown = mode !== "belief" && judged?.isChecked ? judged : null;
  const curves = curvesOf(board, columns).map((curve) => ({
    ...curve,
    points: curve.points.map((one) =>
      one.ref === pulled?.ref ? { ...one, score: pulled.score } : one,
    ),
    look: lookOf(board, curve.persona),
  }));
  const heightAt = (event: React.PointerEvent) => {
    const box = place.current?.getBoundingClientRect();
    return box?.height ? (event.clientY - box.top) / box.height : 0.5;
  };
  const begin = (event: React.PointerEvent<HTMLElement>) => {
    if (!canEdit || event.button !== 0) return;
    const target = event.target instanceof Element ? event.target : null;
    const column = target?.closest<HTMLElement>("[data-column]");
    const at = columns[Number(column?.dataset.column)]?.at;
    if (!at) return;
    const own = target?.closest<HTMLElement>("[data-point]")?.dataset.point;
    const ref = own ?? pointOf(board, at, persona)?.ref ?? "";
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    setPulled({ at, ref, score: scoreAt(heightAt(event)) });
  };
  const end = () => {
    setPulled(null);
    if (pulled) hand.score(board.find(pulled.ref) ?? null, pulled.at, pulled.score);
  };
  return (
    <div
      ref={place}
      className="curve"
      aria-hidden="true"
      data-can-edit={canEdit}
      onPointerDown={begin}
      onPointerMove={(event) => {
        if (pulled) setPulled({ ...pulled, score: scoreAt(heightAt(event)) });
      }}
      onPointerUp={end}
      onPointerCancel={() => setPulled(null)}
    >
      <svg
        className="curve-lines"
        aria-hidden="true"
        viewBox={`0 0 ${WIDTH * columns.length} ${HEIGHT}`}
        preserveAspectRatio="none"
      >
        {MARKS.map((score) => (
          <path
            key={score}
            className="curve-mark"
            d={`M0 ${depthOf(score) * HEIGHT}H${WIDTH * columns.length}`}
          />
        ))}
        {shown ? <FeltLines judged={shown} columns={columns} /> : null}
        {curves.map((curve) => (
          <path
            key={curve.persona}
            className="curve-line"
            data-line={curve.look}
            d={pathOf(lineOf(curve), WIDTH, HEIGHT)}
          />
        ))}
      </svg>
      {columns.map((column, index) => (
        <div key={column.at} className="curve-column" data-column={index}>
          {besideEachOther(curves, index).map(({ point, curve, aside }) => (
            <span
              key={point.ref}
              className="curve-point"
              data-point={point.ref}
              data-line={curve.look}
              style={{ "--depth": depthOf(point.score), "--aside": aside }}
              title={[
                `${signed(words, point.score)} ${scoreWords(words.say, point.score)}`,
                names.get(curve.persona) ?? "",
              ]
                .filter((one) => one)
                .join(", ")}
            >
              <Face score={point.score} />
            </span>
          ))}
          {shown && column.kind === "step" ? (
            <FeltMark judged={shown} column={column} assumed={assumedAt(curves, index)} />
          ) : null}
          {pulled && !pulled.ref && pulled.at === column.at ? (
            <span className="curve-point" style={{ "--depth": depthOf(pulled.score) }}>
              <Face score={pulled.score} />
            </span>
          ) : null}
        </div>
      ))}
    </div>
  );
}

/** What is assumed for everybody in a column, null where nothing is. */
function assumedAt(curves: readonly Curve[], column: number): number | null {
  const all = curves.find((curve) => curve.persona === "");
  const point = all ? lineOf(all).find((one) => one.column === column) : undefined;
  return point?.score ?? null;
}
