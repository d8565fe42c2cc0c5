import { useEffect, useRef, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { sendFile } from "../../../api/upload.ts";
import { Button } from "../../../ui/Button.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { useWords } from "../../../ui/words/useWords.ts";
import { FileTrouble } from "./FileTrouble.tsx";
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
  const [under, setUnder] = useState<{ name: string; share: number }>();
  const [wrong, setWrong] = useState<{ error: unknown; name: string }>();
  const [isLarge, setLarge] = useState(false);
  const [isOver, setOver] = useState(false);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const size = sizeOf(mostBytes, words);
  const bring = async (file: File | null | undefined) => {
    if (!file || under) return;
    setWrong(undefined);
    setLarge(file.size > mostBytes);
    if (file.size > mostBytes) return;
    const ending = new AbortController();
    stop.current = ending;
    const { name } = file;
    setUnder({ name, share: 0 });
    const onShare = (share: number) => setUnder({ name, share });
    try {
      const { source } = await sendFile({
        map: mapId,
        file,
        kind: "",
        onShare,
        signal: ending.signal,
      });
      onLook(source.id);
    } catch (error) {
      if (!ending.signal.aborted) setWrong({ error, name });
    } finally {
      if (stop.current === ending) setUnder(undefined);
    }
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
        bring(event.dataTransfer.files[0]);
      }}
    >
      {under ? (
        <div className="upload-under">
          <p role="status" dir="auto">
            {under.share < 1
              ? say("data_sending", {
                  name: under.name,
                  share: number(Math.floor(under.share * 100) / 100, { style: "percent" }),
                })
              : say("data_reading", { name: under.name })}
          </p>
          <progress
            aria-label={under.name}
            max={1}
            {...(under.share < 1 ? { value: under.share } : {})}
          />
          <Button onPress={() => stop.current?.abort()}>{say("data_stop")}</Button>
        </div>
      ) : (
        <>
          <p className="upload-here">
            <Icon name="download" />
            <span>{say("data_drop")}</span>
          </p>
          <FileTrigger onSelect={(files) => bring(files?.[0])}>
            <Button weight="primary">{say("data_choose")}</Button>
          </FileTrigger>
          <p className="small soft">{say("data_kinds", { size })}</p>
        </>
      )}
      {isLarge ? <Notice kind="trouble">{say("data_too_large", { size })}</Notice> : null}
      {wrong ? <FileTrouble {...wrong} /> : null}
    </section>
  );
}
