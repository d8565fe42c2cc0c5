import { useState, useSyncExternalStore } from "react";
import type { MapSession } from "../../doc/session.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { Basket } from "./Basket.tsx";
import { basketOf, gather, lanesAt, onBasket } from "./basket.ts";
import { ChangeForm } from "./ChangeForm.tsx";

/** Propose another wording, a new statement, or to take a card off; several go into one proposal. */
export function ProposeSection(props: { session: MapSession; mapId: string; about: string }) {
  const { session, mapId, about } = props;
  const { say } = useWords();
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const basket = useSyncExternalStore(onBasket, () => basketOf(mapId));
  const [isOpen, setOpen] = useState(false);
  const card = view.board?.find(about);
  if (!view.board || !card) return null;
  return (
    <section className="talk-card" aria-label={say("propose")}>
      {isOpen ? (
        <ChangeForm
          key={card.ref}
          card={card}
          lanes={lanesAt(view.board, card)}
          onCancel={() => setOpen(false)}
          onDone={(one) => {
            gather(mapId, one);
            setOpen(false);
          }}
        />
      ) : (
        <div>
          <Button weight="quiet" icon="pen" onPress={() => setOpen(true)}>
            {say("propose")}
          </Button>
        </div>
      )}
      {basket.length ? <Basket mapId={mapId} basket={basket} /> : null}
    </section>
  );
}
