import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components/Toast";
import { Button, IconButton } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import { useWords } from "./words/useWords.ts";
import "./Toasts.css";

/** Something told at the edge of the page, perhaps with something to do about it. */
export type Told = {
  words: string;
  kind?: "news" | "trouble";
  act?: { words: string; do: () => void };
};

const queue = new ToastQueue<Told>({ maxVisibleToasts: 3 });
const NEWS_MS = 8000;

/** Tell something; it goes by itself unless it is trouble or offers something to do. Returns its key. */
export function tell(told: Told): string {
  const stays = told.kind === "trouble" || told.act;
  return queue.add(told, stays ? {} : { timeout: NEWS_MS });
}

/** Take back what was told. */
export function untell(key: string): void {
  queue.close(key);
}

/** Where things are told; once on every page. */
export function Toasts() {
  const { say } = useWords();
  return (
    <ToastRegion queue={queue} aria-label={say("notices")} className="toasts">
      {({ toast }) => (
        <Toast toast={toast} className={`toast toast-${toast.content.kind ?? "news"}`}>
          <Icon name={toast.content.kind === "trouble" ? "warning" : "check"} />
          <ToastContent className="toast-words">
            <Text slot="title">{toast.content.words}</Text>
          </ToastContent>
          {toast.content.act ? (
            <Button
              onPress={() => {
                toast.content.act?.do();
                queue.close(toast.key);
              }}
            >
              {toast.content.act.words}
            </Button>
          ) : null}
          <IconButton icon="close" label={say("dismiss")} onPress={() => queue.close(toast.key)} />
        </Toast>
      )}
    </ToastRegion>
  );
}
