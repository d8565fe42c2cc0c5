import { useState } from "react";
import type { Board, Card, Kind } from "../../doc/board.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { fieldsOf } from "../fields.ts";
import { nameOf } from "../grid.ts";
import type { Look } from "../look.ts";
import { newId } from "../making.ts";
import { aboutOf } from "../spots.ts";
import { FieldOf } from "./FieldOf.tsx";
import { HeldAgainst } from "./HeldAgainst.tsx";
import { useTalked } from "./TalkSign.tsx";
import { cardTitle, kindTitle, laneTitle } from "./titles.ts";
import { useHand, useMapLang } from "./useBoard.ts";

const LISTS = [
  ["persona", "panel_personas"],
  ["organization", "panel_organizations"],
  ["touchpoint", "panel_touchpoints"],
] as const;

/** Everything that can be said of the card somebody stands on, or of the whole map. */
export function Panel({ board, look }: { board: Board; look: Look }) {
  const hand = useHand();
  const words = useWords();
  const { say } = words;
  const lang = useMapLang();
  const talk = useTalked();
  const card = cardOf(board, look);
  const isMap = card?.kind === "map";
  return (
    <aside className="board-panel" aria-label={say("panel_title")}>
      <header className="panel-head">
        <h2 dir="auto" lang={lang}>
          {card ? cardTitle(words, card) : say("panel_title")}
        </h2>
        <IconButton
          icon="close"
          label={say("close")}
          onPress={() => hand.set({ isPanelOpen: false, shown: "", grab: look.grab + 1 })}
        />
      </header>
      {isMap ? null : (
        <Button weight="quiet" icon="map" onPress={() => hand.set({ shown: "map" })}>
          {say("panel_map")}
        </Button>
      )}
      {card ? (
        <>
          <p className="soft small">
            {kindTitle(say, card.kind)}
            {card.lane ? ` · ${laneTitle(say, card.lane)}` : ""}
          </p>
          <HeldAgainst board={board} card={card} />
          <div className="panel-fields">
            {fieldsOf(card).map((field) => (
              <FieldOf key={`${card.ref} ${field.name}`} board={board} card={card} field={field} />
            ))}
          </div>
          {isMap ? <Lists board={board} /> : null}
          {talk?.below(card.ref)}
        </>
      ) : (
        <p className="soft">{say("panel_nothing")}</p>
      )}
    </aside>
  );
}

function cardOf(board: Board, look: Look): Card | null {
  const found = (ref: string) => {
    const card = board.find(ref);
    return card && !card.gone && card.kind !== "lane" ? card : null;
  };
  if (look.shown) return found(look.shown);
  if (look.focus.startsWith("corner:")) return found("map");
  return found(aboutOf(look.focus));
}

/** Personas, organizations and touchpoints of the map. */
function Lists({ board }: { board: Board }) {
  const { say } = useWords();
  return (
    <section className="panel-lists">
      <h3>{say("panel_lists")}</h3>
      {LISTS.map(([kind, words]) => (
        <List key={kind} board={board} kind={kind} title={say(words)} />
      ))}
    </section>
  );
}

function List({ board, kind, title }: { board: Board; kind: Kind; title: string }) {
  const hand = useHand();
  const { say } = useWords();
  const [name, setName] = useState("");
  const canEdit = hand.may();
  return (
    <div className="panel-list">
      <h4>{title}</h4>
      <ul>
        {board.row("map", kind).map((card) => (
          <li key={card.ref}>
            <Button weight="quiet" onPress={() => hand.set({ shown: card.ref })}>
              {nameOf(card)}
            </Button>
            {canEdit ? (
              <IconButton
                icon="gone"
                label={say("panel_remove", { name: nameOf(card) })}
                onPress={() => {
                  if (hand.send({ do: "mark_gone", ref: card.ref })) {
                    hand.tell({ news: "gone", ref: card.ref });
                  }
                }}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {canEdit ? (
        <form
          className="panel-new"
          onSubmit={(event) => {
            event.preventDefault();
            const given = name.trim();
            if (!given) return;
            const ref = `${kind}:${newId(given, hand.random)}`;
            hand.send({ do: "add", ref, place: { at: "map" }, fields: { name: given } });
            setName("");
          }}
        >
          <TextField
            label={say("panel_new", { kind: kindTitle(say, kind) })}
            value={name}
            onChange={setName}
          />
          <Button type="submit" icon="add" isDisabled={!name.trim()}>
            {say("panel_add")}
          </Button>
        </form>
      ) : null}
    </div>
  );
}
