import { useState } from "react";
import { call } from "../../api/calls.ts";
import type { BusinessChangeSaid } from "../../api/types/index.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useSending } from "../asked.ts";
import { Trouble, troubleWords } from "../trouble.tsx";
import { ChangeDialog } from "./ChangeDialog.tsx";

export type ChangesProps = {
  changes: readonly BusinessChangeSaid[];
  mapId: string;
  mayEdit: boolean;
  again: () => void;
};

/** What was changed in the business, with the days on which it was. */
export function Changes({ changes, mapId, mayEdit, again }: ChangesProps) {
  const words = useWords();
  const { say, list } = words;
  const [open, setOpen] = useState<BusinessChangeSaid | "new">();
  const { send, error } = useSending();
  const bringBack = async ({ day, until, what, refs, owner }: BusinessChangeSaid) => {
    try {
      const body = { day, until, what, refs, owner };
      await call("POST /api/maps/{map}/changes", { path: { map: mapId }, body });
    } catch (wrong) {
      tell({ words: troubleWords(wrong, words), kind: "trouble" });
    }
    again();
  };
  const remove = (one: BusinessChangeSaid) =>
    send(async () => {
      const path = { map: mapId, change: one.id };
      await call("DELETE /api/maps/{map}/changes/{change}", { path });
      again();
      tell({
        words: say("change_removed", { what: one.what }),
        act: { words: say("undo"), do: () => bringBack(one) },
      });
    });
  const span = ({ day, until }: BusinessChangeSaid) =>
    until ? say("changes_span", { from: words.day(day), until: words.day(until) }) : words.day(day);
  return (
    <section className="changes">
      <div className="page-head">
        <h2>{say("changes_title")}</h2>
        {mayEdit ? (
          <Button icon="add" onPress={() => setOpen("new")}>
            {say("change_new")}
          </Button>
        ) : null}
      </div>
      <p className="soft">{say("changes_more")}</p>
      {error ? <Trouble error={error} /> : null}
      {changes.length ? null : <p className="soft">{say("changes_none")}</p>}
      <ol>
        {changes.map((one, number) => (
          <li key={one.id} className="linked">
            <div className="change-words">
              <strong>
                {number + 1}. <bdi>{one.what}</bdi>
              </strong>
              <p className="small soft">
                {span(one)} ·{" "}
                <bdi>{one.places.length ? list(one.places) : say("change_everywhere")}</bdi>
                {one.owner ? (
                  <>
                    {" "}
                    · <bdi>{one.owner}</bdi>
                  </>
                ) : null}
              </p>
            </div>
            {mayEdit ? (
              <div className="series-acts">
                <IconButton
                  icon="pen"
                  label={say("change_edit", { what: one.what })}
                  onPress={() => setOpen(one)}
                />
                <IconButton
                  icon="gone"
                  label={say("change_remove", { what: one.what })}
                  onPress={() => remove(one)}
                />
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      {open ? (
        <ChangeDialog
          change={open === "new" ? undefined : open}
          mapId={mapId}
          again={again}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </section>
  );
}
