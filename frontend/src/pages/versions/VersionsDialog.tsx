import { useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../ui/Button.tsx";
import { AskDialog, Dialog } from "../../ui/Dialog.tsx";
import { TextField } from "../../ui/Fields.tsx";
import { tell } from "../../ui/Toasts.tsx";
import { useWords } from "../../ui/words/useWords.ts";
import { useAsked, useSending } from "../asked.ts";
import { SendForm } from "../SendForm.tsx";
import { isAtLeast, useMe } from "../shell/me.tsx";
import { Trouble } from "../trouble.tsx";
import "../people/People.css";

const US_PER_MS = 1000;

type Version = {
  readonly name: string;
  readonly seq: number;
  readonly by: string;
  readonly at_us: number;
};

export type VersionsProps = { mapId: string; title: string; onClose: () => void };

/** Named versions of a map: name it as it stands, go back to one. The board's header opens it. */
export function VersionsDialog({ mapId, title, onClose }: VersionsProps) {
  const { say, time } = useWords();
  const { me } = useMe();
  const path = `/api/maps/${encodeURIComponent(mapId)}/versions`;
  const { data, error, again } = useAsked<{ versions: readonly Version[] }>(path);
  const [asked, setAsked] = useState<Version>();
  const restoring = useSending();
  const mayLead = isAtLeast(me, "facilitator");
  const restore = (version: Version) =>
    restoring.send(async () => {
      await api.post(`${path}/${encodeURIComponent(version.name)}/restore`);
      tell({ words: say("version_restored", { name: version.name }) });
      onClose();
    });
  return (
    <Dialog title={say("versions_title", { title })} isOpen onOpenChange={onClose}>
      <p>{say("versions_more")}</p>
      {mayLead ? <NewVersion path={path} again={again} /> : null}
      {error ? <Trouble error={error} retry={again} /> : null}
      {restoring.error ? <Trouble error={restoring.error} /> : null}
      {data && !data.versions.length ? <p className="soft">{say("versions_none")}</p> : null}
      <ul>
        {data?.versions.map((one) => (
          <li key={one.name} className="linked">
            <div>
              <strong>{one.name}</strong>
              <p className="small soft">
                {say("version_by", { when: time(one.at_us / US_PER_MS), who: one.by })}
              </p>
            </div>
            {mayLead ? (
              <Button
                icon="undo"
                aria-label={`${say("version_restore")}: ${one.name}`}
                onPress={() => setAsked(one)}
              >
                {say("version_restore")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {asked ? (
        <AskDialog
          title={say("version_restore_title", { name: asked.name })}
          act={say("version_restore")}
          isOpen
          onOpenChange={() => setAsked(undefined)}
          onAct={() => restore(asked)}
        >
          {say("version_restore_more")}
        </AskDialog>
      ) : null}
    </Dialog>
  );
}

function NewVersion({ path, again }: { path: string; again: () => void }) {
  const { say } = useWords();
  const [name, setName] = useState("");
  const make = async () => {
    await api.post(path, { name: name.trim() });
    setName("");
    again();
  };
  return (
    <SendForm act={say("version_make")} onSend={make}>
      <TextField
        label={say("version_name")}
        hint={say("version_name_hint")}
        value={name}
        onChange={setName}
        isRequired
        maxLength={200}
      />
    </SendForm>
  );
}
