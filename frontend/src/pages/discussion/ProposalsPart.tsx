import { useState, useSyncExternalStore } from "react";
import { Link } from "wouter";
import type { ProposalHead, ProposalsSaid } from "../../api/types/proposals.ts";
import { SelectField } from "../../ui/Fields.tsx";
import { Empty } from "../../ui/Notice.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { hrefOf } from "../map/RoomSwitch.tsx";
import type { RoomProps } from "../map/rooms.tsx";
import { Trouble } from "../trouble.tsx";
import { useNews } from "../useNews.ts";
import { Basket } from "./Basket.tsx";
import { basketOf, onBasket } from "./basket.ts";
import { ofMap } from "./useTalk.ts";

const US_PER_MS = 1000;
const STATES = {
  open: "proposal_open",
  partly: "proposal_partly",
  closed: "proposal_closed",
  withdrawn: "proposal_withdrawn",
} as const;

/** Proposals about a map. */
export function ProposalsPart({ session, mapId }: RoomProps) {
  const { say } = useWords();
  const [shown, setShown] = useState<"waiting" | "every">("waiting");
  const query = shown === "waiting" ? "?state=waiting" : "";
  const { data, error, again } = useAsked<ProposalsSaid>(ofMap(mapId, `proposals${query}`));
  useNews(session, "proposals", again);
  const basket = useSyncExternalStore(onBasket, () => basketOf(mapId));
  return (
    <>
      <p className="soft">{say("proposal_more")}</p>
      {basket.length ? <Basket mapId={mapId} basket={basket} onSent={again} /> : null}
      <div className="talk-choices">
        <SelectField
          label={say("talk_show")}
          choices={[
            { id: "waiting", words: say("proposals_waiting") },
            { id: "every", words: say("proposals_every") },
          ]}
          chosen={shown}
          onChoose={setShown}
        />
      </div>
      {error ? <Trouble error={error} retry={again} /> : null}
      {data || error ? null : <p role="status">{say("loading")}</p>}
      {data && !data.proposals.length ? (
        <Empty title={say("proposals_none")}>
          <p>{say("proposals_none_more")}</p>
        </Empty>
      ) : null}
      <ul className="talk-list">
        {data?.proposals.map((one) => (
          <li key={one.id} className="talk-box">
            <h3 dir="auto">
              <Link href={`${hrefOf(mapId, "discussion")}/proposals/${one.id}`}>{one.title}</Link>
            </h3>
            <HeadLine head={one} />
            {one.reason ? (
              <p className="talk-text" dir="auto">
                {one.reason}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Who proposed, when, how many changes, and how far it is. */
export function HeadLine({ head }: { head: ProposalHead }) {
  const { say, time } = useWords();
  const who = head.author || say("talk_team");
  return (
    <p className="small soft">
      <span className="talk-tag">{say(STATES[head.state])}</span>{" "}
      {head.by_model ? (
        <>
          <span className="talk-tag talk-model">{say("proposal_model")}</span>{" "}
        </>
      ) : null}
      <bdi>{say("proposal_by", { who, when: time(head.at_us / US_PER_MS) })}</bdi>
      {head.is_guest ? ` (${say("talk_guest")})` : ""}
      {" · "}
      {say("proposal_count", { count: head.items })}
      {head.accepted || head.rejected
        ? ` · ${say("proposal_so_far", { accepted: head.accepted, rejected: head.rejected })}`
        : ""}
    </p>
  );
}
