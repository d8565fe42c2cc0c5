import { useState, useSyncExternalStore } from "react";
import { call } from "../../api/calls.ts";
import { api } from "../../api/client.ts";
import type {
  StoriesSaid,
  StoryLinkMade,
  StoryLinkSaid,
  StorySaid,
} from "../../api/types/stories.ts";
import { nameOf, stepsOf } from "../../board/grid.ts";
import type { Board } from "../../doc/board.ts";
import { Button } from "../../ui/Button.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import type { PlainKey } from "../../ui/words/words.ts";
import { useSending } from "../asked.ts";
import type { RoomProps } from "../map/rooms.tsx";
import { DaysField, ToCopy } from "../sharing/fields.tsx";
import { Trouble } from "../trouble.tsx";
import { useOfWorkshop } from "./useWorkshop.ts";

const DAYS = [1, 7, 14, 30, 90] as const;
const US_PER_MS = 1000;
const OFTEN: Readonly<Record<string, PlainKey>> = {
  once: "ws_story_once",
  "now and then": "ws_story_now_and_then",
  weekly: "ws_story_weekly",
  daily: "ws_story_daily",
};

/** Stories told by phone: the link, and what waits to be read. */
export function StoriesPage({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const { board } = useSyncExternalStore(session.subscribe, session.getSnapshot);
  const { data, error, again } = useOfWorkshop<StoriesSaid>(session, mapId, "stories");
  const waiting = data?.stories.filter((one) => one.state === "waiting") ?? [];
  const kept = data?.stories.filter((one) => one.state !== "waiting") ?? [];
  return (
    <>
      <NewStoryLink mapId={mapId} again={again} />
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data?.links.length ? (
        <section>
          <h3>{say("ws_story_links")}</h3>
          <ul>
            {data.links.map((one) => (
              <LinkRow key={one.id} mapId={mapId} link={one} again={again} />
            ))}
          </ul>
        </section>
      ) : null}
      <section className="ws-part">
        <h3>{say("ws_stories_wait")}</h3>
        {data && !waiting.length ? (
          <Empty title={say("ws_stories_none")}>
            <p>{say("ws_stories_none_more")}</p>
          </Empty>
        ) : null}
        {waiting.length ? <p>{say("ws_story_read")}</p> : null}
        <ul className="ws-stories">
          {waiting.map((one) => (
            <li key={one.id} className="ws-story">
              <Told one={one} />
              {board ? <Judged mapId={mapId} one={one} board={board} again={again} /> : null}
            </li>
          ))}
        </ul>
      </section>
      {kept.length ? (
        <section className="ws-part">
          <h3>{say("ws_stories_kept")}</h3>
          <p>
            <a className="button" href={api.address(toldFile(mapId))} download>
              <Icon name="download" />
              <span>{say("ws_stories_file")}</span>
            </a>
          </p>
          <ul className="ws-stories">
            {kept.map((one) => (
              <li key={one.id} className="ws-story">
                <Told one={one} />
                <p className="soft">{stepName(board, one.told.step)}</p>
                <TakeBack mapId={mapId} one={one} again={again} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}

/** Accepted stories as a file for the folder of a project in git. */
function toldFile(mapId: string): string {
  return `/api/maps/${encodeURIComponent(mapId)}/told`;
}

function stepName(board: Board | null, id: string): string {
  const card = board?.find(`step:${id}`);
  return card ? nameOf(card) : id;
}

function Told({ one }: { one: StorySaid }) {
  const { say, day } = useWords();
  const { told } = one;
  const often = OFTEN[told.how_often ?? ""];
  const heard = told.heard_from ?? 1;
  const facts = [
    say(`ws_story_${told.who}`),
    told.who === "staff" && heard > 1 ? say("ws_story_heard", { count: heard }) : "",
    often ? say(often) : "",
    say("ws_story_when", { day: day(told.when) }),
    say(`ws_story_may_${told.permission ?? "no"}`),
  ];
  return (
    <>
      <blockquote dir="auto" className="ws-quote">
        {told.text}
      </blockquote>
      <p className="soft">{facts.filter(Boolean).join(", ")}</p>
    </>
  );
}

type JudgedProps = { mapId: string; one: StorySaid; board: Board; again: () => void };

/** Make evidence of a story, or delete it. */
function Judged({ mapId, one, board, again }: JudgedProps) {
  const { say } = useWords();
  const [step, setStep] = useState(one.told.step);
  const { send, error, isSending } = useSending();
  const path = { map: mapId, story: one.id };
  const accept = () =>
    send(async () => {
      const asked = { path, body: { step } };
      await call("POST /api/maps/{map}/stories/{story}/accept", asked);
      tell({ words: say("ws_story_accepted") });
      again();
    });
  const reject = () =>
    send(async () => {
      await call("DELETE /api/maps/{map}/stories/{story}", { path });
      tell({ words: say("ws_story_rejected") });
      again();
    });
  return (
    <>
      <SelectField
        label={say("ws_story_step")}
        choices={stepsOf(board).map((card) => ({ id: card.id, words: nameOf(card) }))}
        chosen={step}
        onChoose={setStep}
      />
      {error ? <Trouble error={error} /> : null}
      <div className="ws-row">
        <Button weight="primary" isDisabled={isSending} onPress={accept}>
          {say("ws_story_accept")}
        </Button>
        <Button weight="danger" isDisabled={isSending} onPress={reject}>
          {say("ws_story_reject")}
        </Button>
      </div>
    </>
  );
}

/** An accepted story is evidence no longer. */
function TakeBack({ mapId, one, again }: Omit<JudgedProps, "board">) {
  const { say } = useWords();
  const { send, error, isSending } = useSending();
  const remove = async () => {
    const path = { map: mapId, story: one.id };
    await call("DELETE /api/maps/{map}/stories/{story}", { path });
    tell({ words: say("ws_story_rejected") });
    again();
  };
  return (
    <>
      {error ? <Trouble error={error} /> : null}
      <div>
        <Button
          weight="danger"
          isDisabled={isSending}
          aria-label={say("ws_story_delete", { text: one.told.text })}
          onPress={() => send(remove)}
        >
          {say("remove")}
        </Button>
      </div>
    </>
  );
}

type LinkProps = { mapId: string; link: StoryLinkSaid; again: () => void };

function LinkRow({ mapId, link, again }: LinkProps) {
  const { say, date } = useWords();
  const { send, error, isSending } = useSending();
  const day = date(link.until_us / US_PER_MS);
  const end = async () => {
    const path = { map: mapId, link: link.id };
    await call("DELETE /api/maps/{map}/story-links/{link}", { path });
    tell({ words: say("ws_story_ended") });
    again();
  };
  return (
    <li className="ws-row">
      <span>{say("ws_story_until", { day })}</span>
      <Button
        weight="danger"
        isDisabled={isSending}
        aria-label={say("ws_story_end", { day })}
        onPress={() => send(end)}
      >
        {say("end")}
      </Button>
      {error ? <Trouble error={error} /> : null}
    </li>
  );
}

function NewStoryLink({ mapId, again }: { mapId: string; again: () => void }) {
  const { say } = useWords();
  const [days, setDays] = useState("14");
  const [made, setMade] = useState<StoryLinkMade>();
  const { send, error, isSending } = useSending();
  const make = async () => {
    const asked = { path: { map: mapId }, body: { days: Number(days) } };
    setMade(await call("POST /api/maps/{map}/story-links", asked));
    again();
  };
  return (
    <section className="ws-add">
      <p>{say("ws_story_more")}</p>
      <div className="form-row">
        <DaysField label={say("ws_story_days")} days={DAYS} chosen={days} onChoose={setDays} />
      </div>
      <div>
        <Button icon="link" weight="primary" isPending={isSending} onPress={() => send(make)}>
          {say("ws_story_link")}
        </Button>
      </div>
      {error ? <Trouble error={error} /> : null}
      {made ? (
        <div className="ws-made">
          <p role="status">{say("ws_story_made")}</p>
          <ToCopy
            label={say("ws_story_address")}
            value={made.address}
            act={say("ws_story_copy")}
            told={say("copied")}
          />
          {made.qr ? (
            <img
              className="ws-qr"
              alt={say("ws_story_qr")}
              src={`data:image/svg+xml,${encodeURIComponent(made.qr)}`}
            />
          ) : null}
        </div>
      ) : null}
    </section>
  );
}
