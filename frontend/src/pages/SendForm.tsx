import { Form } from "react-aria-components";
import { Button } from "../ui/Button.tsx";
import { Dialog, DialogButtons } from "../ui/Dialog.tsx";
import type { IconName } from "../ui/Icon.tsx";
import { useWords } from "../ui/words/useWords.ts";
import { useSending } from "./asked.ts";
import { Trouble } from "./trouble.tsx";

type Sending = ReturnType<typeof useSending>;

export type SendFormProps = {
  /** What the button that sends says. */
  act: string;
  icon?: IconName;
  /** Sends; what it throws is told above the buttons. */
  onSend: () => Promise<unknown>;
  /** A button that closes without sending; none where there is nothing to close. */
  onCancel?: () => void;
  /** What else stands with the buttons. */
  beside?: (sending: Sending) => React.ReactNode;
  /** How what went wrong is told, where that is not as usual. */
  wrong?: (error: unknown) => React.ReactNode;
  isDisabled?: boolean;
  className?: string;
  children: React.ReactNode;
};

/** Fields with a button that sends them, and what went wrong with it. */
export function SendForm(props: SendFormProps) {
  const { act, icon, onSend, onCancel, beside, wrong, isDisabled = false } = props;
  const { say } = useWords();
  const sending = useSending();
  const { error } = sending;
  const send = (
    <Button
      type="submit"
      weight="primary"
      isPending={sending.isSending}
      isDisabled={isDisabled}
      {...(icon ? { icon } : {})}
    >
      {act}
    </Button>
  );
  return (
    <Form
      className={props.className ?? "form"}
      onSubmit={(event) => {
        event.preventDefault();
        sending.send(onSend);
      }}
    >
      {props.children}
      {error ? (wrong?.(error) ?? <Trouble error={error} />) : null}
      {onCancel ? (
        <DialogButtons>
          {beside?.(sending)}
          <Button onPress={onCancel}>{say("cancel")}</Button>
          {send}
        </DialogButtons>
      ) : (
        <div className="form-acts">
          {send}
          {beside?.(sending)}
        </div>
      )}
    </Form>
  );
}

export type FormDialogProps = Omit<SendFormProps, "onCancel"> & {
  title: string;
  onClose: () => void;
  isWide?: boolean;
};

/** A dialog that is one form. */
export function FormDialog({ title, onClose, isWide = false, ...form }: FormDialogProps) {
  return (
    <Dialog title={title} isOpen onOpenChange={onClose} isWide={isWide}>
      <SendForm {...form} onCancel={onClose} />
    </Dialog>
  );
}
