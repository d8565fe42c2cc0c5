import { useEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { Button } from "../../../ui/Button.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { tell } from "../../../ui/Toasts.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import { FileTrouble } from "./FileTrouble.tsx";
import { bring, useUnderway } from "./sending.ts";
import { sizeOf } from "./told.ts";

type UploadProps = {
  mapId: string;
  mostBytes: number;
  /** A file came, and can be looked at. */
  onLook: (source: string) => void;
};

/** Where files are brought: by choosing or dropping one, with how far it is. */
export function Upload({ mapId, mostBytes, onLook }: UploadProps) {
  const words = useWords();
  const { say, number } = words;
  const under = useUnderway(mapId);
  const [isLarge, setLarge] = useState(false);
  const [isOver, setOver] = useState(false);
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const size = sizeOf(mostBytes, words);
  const isSending = under !== undefined && under.error === undefined;
  const take = async (file: File | null | undefined) => {
    if (!file || isSending) return;
    setLarge(file.size > mostBytes);
    if (file.size > mostBytes) return;
    const source = await bring(mapId, file);
    if (!source) return;
    if (isHere.current) onLook(source);
    else tell({ words: say("data_arrived", { name: file.name }) });
  };
  return (
    // what is dropped can also be chosen with the button
    <section
      aria-label={say("data_drop")}
      className={isOver ? "upload is-over" : "upload"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      {isSending ? (
        <div className="upload-under">
          <p role="status" dir="auto">
            {say("data_sending", {
              name: under.name,
              share: number(Math.floor(under.share * 100) / 100, { style: "percent" }),
            })}
          </p>
          <progress aria-label={under.name} max={1} value={under.share} />
          <p className="small soft">{say("data_sending_stay")}</p>
          <Button onPress={under.stop}>{say("data_stop")}</Button>
        </div>
      ) : (
        <>
          <p className="upload-here">
            <Icon name="download" />
            <span>{say("data_drop")}</span>
          </p>
          <FileTrigger onSelect={(files) => take(files?.[0])}>
            <Button weight="primary">{say("data_choose")}</Button>
          </FileTrigger>
          <p className="small soft">{say("data_kinds", { size })}</p>
        </>
      )}
      {isLarge ? <Notice kind="trouble">{say("data_too_large", { size })}</Notice> : null}
      {under?.error !== undefined ? <FileTrouble error={under.error} name={under.name} /> : null}
    </section>
  );
}
