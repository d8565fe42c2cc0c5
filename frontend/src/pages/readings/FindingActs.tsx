import { lazy, Suspense, useId, useState } from "react";
import { Link } from "wouter";
import type { FindingSaid } from "../../api/types/readings.ts";
import { placeHref } from "../../board/evidence/place.ts";
import { ProposeButton, useTalked } from "../../board/view/TalkSign.tsx";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { RoomProps } from "../map/rooms.tsx";

const FindingTalk = lazy(() => import("../discussion/FindingTalk.tsx"));

type Props = RoomProps & { one: FindingSaid; isOpen: boolean };

/** What to do about a finding: talk about it, or propose a change of the map. */
export function FindingActs({ one, isOpen: isFirstOpen, ...props }: Props) {
  const { say, language } = useWords();
  const count = useTalked()?.findings.get(one.same) ?? 0;
  const [isOpen, setOpen] = useState(isFirstOpen);
  const id = useId();
  const words = count ? say("readings_discuss_count", { count }) : say("readings_discuss");
  return (
    <div className="finding-acts" lang={language}>
      <p>
        <Link
          href={placeHref(props.mapId, one.ref)}
          className="button button-quiet"
          aria-label={`${say("readings_to_board")}: ${one.place}`}
        >
          <Icon name="map" />
          <span>{say("readings_to_board")}</span>
        </Link>
        <Button
          weight="quiet"
          icon="people"
          aria-expanded={isOpen}
          aria-controls={id}
          aria-label={`${words}: ${one.words}`}
          onPress={() => setOpen(!isOpen)}
        >
          {words}
        </Button>
        <ProposeButton
          label={one.words}
          ask={() => ({ ref: one.ref, why: `${one.words} ${one.whom}; ${one.sure}`, made: null })}
        />
      </p>
      <section id={id} aria-label={say("talk_room")} hidden={!isOpen}>
        {isOpen ? (
          <Suspense fallback={<p className="soft small">{say("loading")}</p>}>
            <FindingTalk {...props} one={one} />
          </Suspense>
        ) : null}
      </section>
    </div>
  );
}
