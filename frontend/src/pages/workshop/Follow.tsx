import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { call } from "../../api/calls.ts";
import type { MapSession } from "../../doc/session.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Clock } from "./Clock.tsx";
import { hrefIn, roomAt, roomOf } from "./clock.ts";
import { useLeading } from "./leading.ts";
import { useWorkshop } from "./useWorkshop.ts";
import "./workshop.css";

const LOOK_MS = 1000;

type Props = { session: MapSession; mapId: string };

/** A strip above every room of a map while its workshop runs: the clock, and who leads where. */
export default function Follow({ session, mapId }: Props) {
  const { say } = useWords();
  const { me } = useMe();
  const { data } = useWorkshop(session, mapId);
  const [leading, setLeading] = useLeading(mapId);
  const lead = data?.lead ?? null;
  const isLeading = leading && lead?.who === me.name && isAtLeast(me, "facilitator");
  const item = data?.items.find((one) => one.id === data.timer.item);
  const isOn = data?.timer.state === "running" || data?.timer.state === "paused";
  if (!data || (!isOn && !lead)) return null;
  const stop = () => {
    setLeading(false);
    call("DELETE /api/maps/{map}/workshop/lead", { path: { map: mapId } }).catch(() => {});
  };
  return (
    <section className="ws-strip" aria-label={say("ws_strip")}>
      {isOn ? (
        <p className="ws-strip-part">
          <bdi className="ws-strip-title">{item?.title ?? ""}</bdi>
          <Clock told={data} />
        </p>
      ) : null}
      {isLeading ? (
        <p className="ws-strip-part">
          <span>{say("ws_leading")}</span>
          <Button onPress={stop}>{say("ws_lead_stop")}</Button>
          <Leader session={session} mapId={mapId} at={lead?.room ?? ""} />
        </p>
      ) : null}
      {lead && !isLeading ? (
        <Follower key={mapId} mapId={mapId} who={lead.who} room={lead.room ?? ""} n={lead.n ?? 0} />
      ) : null}
    </section>
  );
}

/** Tells everybody where this page goes; on the board, at which card its person is. */
function Leader({ session, mapId, at }: Props & { at: string }) {
  const [location] = useLocation();
  const room = roomOf(location, mapId);
  const [card, setCard] = useState("");
  const isBoard = room === "" || room?.startsWith("at/") === true;
  useEffect(() => {
    if (!isBoard) return;
    const looking = setInterval(() => setCard(session.at), LOOK_MS);
    return () => clearInterval(looking);
  }, [session, isBoard]);
  const here = isBoard && card ? roomAt(card) : room;
  useEffect(() => {
    if (here === null || here === at) return;
    const body = { room: here };
    call("POST /api/maps/{map}/workshop/lead", { path: { map: mapId }, body }).catch(() => {});
  }, [here, at, mapId]);
  return null;
}

type FollowerProps = { mapId: string; who: string; room: string; n: number };

/** Goes where everybody is led, unless this person does not want to, or is typing. */
function Follower({ mapId, who, room, n }: FollowerProps) {
  const { say } = useWords();
  const [, go] = useLocation();
  const [isAlong, setAlong] = useState(true);
  const [late, setLate] = useState(0);
  const name = who || say("ws_led_someone");
  const href = hrefIn(mapId, room);
  useEffect(() => {
    if (!isAlong) return;
    if (isTyping() && n) setLate(n);
    else go(href);
  }, [isAlong, href, n, go]);
  const isLate = late === n;
  return (
    <p className="ws-strip-part" role="status">
      <bdi>
        {isLate && isAlong
          ? say("ws_follow_typing", { who: name })
          : say(isAlong ? "ws_led" : "ws_led_off", { who: name })}
      </bdi>
      {isLate && isAlong ? (
        <Button
          onPress={() => {
            setLate(0);
            go(href);
          }}
        >
          {say("ws_item_go")}
        </Button>
      ) : null}
      <Button onPress={() => setAlong(!isAlong)}>
        {say(isAlong ? "ws_follow_stop" : "ws_follow")}
      </Button>
    </p>
  );
}

/** Whether somebody writes at this moment: nobody is taken away from that. */
function isTyping(): boolean {
  const at = document.activeElement;
  if (at instanceof HTMLTextAreaElement) return true;
  if (at instanceof HTMLInputElement) return !["checkbox", "radio", "button"].includes(at.type);
  return at instanceof HTMLElement && at.isContentEditable;
}
