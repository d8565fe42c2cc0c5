import { useState, useSyncExternalStore } from "react";
import type { ToPropose } from "../../board/view/TalkSign.tsx";
import type { MapSession } from "../../doc/session.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { Basket } from "./Basket.tsx";
import { basketOf, gather, lanesAt, onBasket } from "./basket.ts";
import { ChangeForm } from "./ChangeForm.tsx";
import "./talk.css";

type Props = { session: MapSession; mapId: string; asked: ToPropose; onClose: () => void };

/** Propose a change of what evidence speaks of, with the evidence as its reason. */
export default function ProposeDialog({ session, mapId, asked, onClose }: Props) {
  const { say } = useWords();
  const view = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const basket = useSyncExternalStore(onBasket, () => basketOf(mapId));
  const [isChosen, setChosen] = useState(asked.made !== null);
  const card = view.board?.find(asked.ref);
  return (
    <Dialog title={say("propose")} isOpen onOpenChange={onClose}>
      <div className="talk-form">
        {isChosen ? <p className="soft small">{say("propose_more")}</p> : null}
        {!isChosen && view.board && card ? (
          <ChangeForm
            card={card}
            lanes={lanesAt(view.board, card)}
            why={asked.why}
            onCancel={onClose}
            onDone={(one) => {
              gather(mapId, one);
              setChosen(true);
            }}
          />
        ) : null}
        {isChosen && basket.length ? (
          <Basket mapId={mapId} basket={basket} isFocused onSent={onClose} />
        ) : null}
        {isChosen && !basket.length ? <p className="soft">{say("propose_nothing")}</p> : null}
      </div>
    </Dialog>
  );
}
