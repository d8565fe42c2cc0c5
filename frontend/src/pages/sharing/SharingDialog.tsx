import { useState } from "react";
import { api } from "../../api/client.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { SelectField } from "../../ui/Fields.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked } from "../asked.ts";
import { SendForm } from "../SendForm.tsx";
import { Trouble } from "../trouble.tsx";
import { DaysField, OpenRow, SharePassword, ToCopy } from "./fields.tsx";
import { PublicPages } from "./PublicPages.tsx";
import "../people/People.css";

const GUEST_ROLES = ["viewer", "commenter", "editor"] as const;
type GuestRole = (typeof GUEST_ROLES)[number];
const DAYS = [1, 7, 30, 90, 365] as const;
const US_PER_MS = 1000;

type Link = {
  readonly id: string;
  readonly role: string;
  readonly until_us: number;
  readonly has_password: boolean;
};

export type SharingProps = { mapId: string; title: string; onClose: () => void };

/** Links for guests of a map: make, copy, end. Facilitators open it from the board's header. */
export function SharingDialog({ mapId, title, onClose }: SharingProps) {
  const { say } = useWords();
  const path = `/api/maps/${encodeURIComponent(mapId)}/links`;
  const { data, error, again } = useAsked<{ links: readonly Link[] }>(path);
  return (
    <Dialog title={say("share_title", { title })} isOpen onOpenChange={onClose}>
      <p>{say("share_more")}</p>
      <NewLink path={path} again={again} />
      <section>
        <h3>{say("share_links")}</h3>
        {error ? <Trouble error={error} retry={again} /> : null}
        {data && !data.links.length ? <p className="soft">{say("share_none")}</p> : null}
        <ul>
          {data?.links.map((one) => (
            <LinkRow key={one.id} link={one} path={path} again={again} />
          ))}
        </ul>
      </section>
      <PublicPages mapId={mapId} title={title} />
    </Dialog>
  );
}

function roleOf(role: string): GuestRole {
  return GUEST_ROLES.find((one) => one === role) ?? "viewer";
}

function LinkRow({ link, path, again }: { link: Link; path: string; again: () => void }) {
  const { say, date } = useWords();
  const day = date(link.until_us / US_PER_MS);
  const may = say(`share_${roleOf(link.role)}`);
  return (
    <OpenRow
      end={say("share_end", { may, day })}
      onEnd={async () => {
        await api.delete(`${path}/${link.id}`);
        tell({ words: say("share_ended") });
        again();
      }}
    >
      {say("share_may")} {may}, {say("share_until", { day })}
      {link.has_password ? `, ${say("share_has_password")}` : ""}
    </OpenRow>
  );
}

function NewLink({ path, again }: { path: string; again: () => void }) {
  const { say } = useWords();
  const [role, setRole] = useState<GuestRole>("viewer");
  const [days, setDays] = useState("30");
  const [password, setPassword] = useState("");
  const [made, setMade] = useState("");
  const make = async () => {
    const asked = { role, days: Number(days), password };
    const { secret } = await api.post<{ secret: string }>(path, asked);
    setMade(`${new URL("./", document.baseURI).href}#/link/${secret}`);
    setPassword("");
    again();
  };
  return (
    <>
      <SendForm act={say("share_make")} icon="link" onSend={make}>
        <div className="form-row">
          <SelectField
            label={say("share_may")}
            choices={GUEST_ROLES.map((id) => ({ id, words: say(`share_${id}`) }))}
            chosen={role}
            onChoose={setRole}
          />
          <DaysField label={say("share_days")} days={DAYS} chosen={days} onChoose={setDays} />
        </div>
        <SharePassword value={password} onChange={setPassword} />
      </SendForm>
      {made ? (
        <Notice>
          <div className="form">
            <p>{say("share_made")}</p>
            <ToCopy
              label={say("share_link")}
              value={made}
              act={say("share_copy")}
              told={say("share_copied")}
            />
          </div>
        </Notice>
      ) : null}
    </>
  );
}
