import { useState } from "react";
import type { NoteSaid } from "../../api/types/notes.ts";
import { nameOf } from "../../board/grid.ts";
import { laneTitle } from "../../board/view/titles.ts";
import type { Board } from "../../doc/board.ts";
import { useWords } from "../../ui/words/useWords.ts";
import { Scrolled } from "./Scrolled.tsx";

/** What is dragged; whatever else is dropped here is none of ours. */
export const KIND = "application/x-desirepath-note";

type Where = { readonly lane?: string; readonly at?: string };
export type Put = (id: string, where: Where) => void;

type TargetsProps = {
  board: Board;
  lanes: readonly string[];
  notes: readonly NoteSaid[];
  put: Put;
};

/** Steps and rows to drop notes on; the same is done with the two fields of each note. */
export function Targets({ board, lanes, notes, put }: TargetsProps) {
  const { say } = useWords();
  const [over, setOver] = useState("");
  const places = board
    .row("map", "stage")
    .flatMap((stage) => [stage, ...board.row(stage.ref, "step")]);
  return (
    <section className="ws-targets">
      <h3>{say("ws_notes_map")}</h3>
      <Scrolled label={say("ws_notes_map")}>
        <table className="ws-table">
          <thead>
            <tr>
              <td />
              {lanes.map((lane) => (
                <th key={lane} scope="col" dir="auto">
                  {laneTitle(say, lane)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <tr key={place.ref} className={place.kind === "stage" ? "ws-stage-row" : undefined}>
                <th scope="row" dir="auto">
                  {nameOf(place)}
                </th>
                {lanes.map((lane) => {
                  const key = `${place.ref} ${lane}`;
                  const count = notes.filter(
                    (one) => one.note.at === place.ref && one.note.lane === lane,
                  ).length;
                  return (
                    <td
                      key={lane}
                      className={over === key ? "ws-target ws-target-over" : "ws-target"}
                      onDragOver={(event) => {
                        if (!event.dataTransfer.types.includes(KIND)) return;
                        event.preventDefault();
                        setOver(key);
                      }}
                      onDragLeave={() => setOver("")}
                      onDrop={(event) => {
                        event.preventDefault();
                        setOver("");
                        const id = event.dataTransfer.getData(KIND);
                        if (notes.some((one) => one.id === id)) put(id, { lane, at: place.ref });
                      }}
                    >
                      {count || ""}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </section>
  );
}
