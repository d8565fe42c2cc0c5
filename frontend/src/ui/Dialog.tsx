import { useEffect, useState, useSyncExternalStore } from "react";
import {
  Dialog as BaseDialog,
  DialogTrigger,
  Heading,
  Modal,
  ModalOverlay,
} from "react-aria-components";
import { useLocation } from "wouter";
import { leaving } from "./address.ts";
import { Button, IconButton } from "./Button.tsx";
import { TypedWords } from "./leaving.ts";
import { useWords } from "./words/useWords.ts";
import "./Dialog.css";

export { DialogTrigger };

export type DialogProps = {
  title: string;
  children: React.ReactNode | ((close: () => void) => React.ReactNode);
  /** A question that must be answered: it does not close by a click beside it. */
  isAlert?: boolean;
  /** Wider, for lists and pictures. */
  isWide?: boolean;
  /** Where no DialogTrigger opens it. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

/**
 * A dialog over the page; Esc closes it, the focus goes back where it came from. A click beside it
 * closes it too, unless words were typed into it: those are not lost by a slip of the hand.
 * It closes when the page behind it is left; words typed into it are asked about first.
 */
export function Dialog({ title, children, isAlert, isWide, isOpen, onOpenChange }: DialogProps) {
  const { say } = useWords();
  const [typed] = useState(() => new TypedWords());
  const held = {
    ...(isOpen === undefined ? {} : { isOpen }),
    ...(onOpenChange ? { onOpenChange } : {}),
  };
  return (
    <ModalOverlay
      className="dialog-veil"
      isDismissable={!isAlert}
      shouldCloseOnInteractOutside={() => !typed.has()}
      {...held}
    >
      <Modal className={isWide ? "dialog-sheet dialog-wide" : "dialog-sheet"}>
        <BaseDialog className="dialog" role={isAlert ? "alertdialog" : "dialog"}>
          {({ close }) => (
            <>
              <header className="dialog-head">
                <Heading slot="title" className="dialog-title">
                  {title}
                </Heading>
                {isAlert ? null : <IconButton icon="close" label={say("close")} onPress={close} />}
              </header>
              <Body close={close} typed={typed}>
                {typeof children === "function" ? children(close) : children}
              </Body>
            </>
          )}
        </BaseDialog>
      </Modal>
    </ModalOverlay>
  );
}

type BodyProps = { close: () => void; typed: TypedWords; children: React.ReactNode };

function Body({ close, typed, children }: BodyProps) {
  const [at] = useLocation();
  const [opened] = useState(at);
  useEffect(() => leaving.hold(typed.has), [typed]);
  useEffect(() => {
    if (at !== opened) close();
  }, [at, opened, close]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it looks at what its fields hold
    <div className="dialog-body" onFocus={(event) => typed.enter(event.target)}>
      {children}
    </div>
  );
}

/** Asks whether typed words may be lost, once somebody leaves the page they are typed on. */
export function LeavingQuestion() {
  const { say } = useWords();
  const wanted = useSyncExternalStore(leaving.subscribe, leaving.wanted);
  if (wanted === null) return null;
  return (
    <AskDialog
      title={say("leave_title")}
      act={say("leave")}
      isDanger
      isOpen
      onOpenChange={() => leaving.stay()}
      onAct={() => leaving.leave()}
    >
      {say("leave_more")}
    </AskDialog>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogButtons({ children }: { children: React.ReactNode }) {
  return <div className="dialog-buttons">{children}</div>;
}

export type AskProps = {
  title: string;
  /** What will happen. */
  children: React.ReactNode;
  /** What the button that does it says. */
  act: string;
  isDanger?: boolean;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onAct: () => void;
};

/** "Do you really?" */
export function AskDialog(props: AskProps) {
  const { say } = useWords();
  return (
    <Dialog title={props.title} isAlert isOpen={props.isOpen} onOpenChange={props.onOpenChange}>
      {(close) => (
        <>
          <p>{props.children}</p>
          <DialogButtons>
            <Button onPress={close} autoFocus>
              {say("cancel")}
            </Button>
            <Button
              weight={props.isDanger ? "danger" : "primary"}
              onPress={() => {
                props.onAct();
                close();
              }}
            >
              {props.act}
            </Button>
          </DialogButtons>
        </>
      )}
    </Dialog>
  );
}
