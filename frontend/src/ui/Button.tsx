import {
  Button as BaseButton,
  type ButtonProps as BaseProps,
  Tooltip,
  TooltipTrigger,
} from "react-aria-components";
import { Icon, type IconName } from "./Icon.tsx";
import "./Button.css";

/** How much a button asks to be pressed. */
export type Weight = "primary" | "plain" | "quiet" | "danger";

export type ButtonProps = Omit<BaseProps, "className" | "children"> & {
  weight?: Weight;
  icon?: IconName;
  children: React.ReactNode;
};

type Waiting = Pick<BaseProps, "type" | "aria-disabled">;
const WAITING: Waiting = { type: "button", "aria-disabled": true };

/** A button with words. While something is under way it stays in focus and does nothing. */
export function Button(props: ButtonProps) {
  const { weight = "plain", icon, children, isPending = false, type, onPress, ...rest } = props;
  // the library's own way announces it by the id of the button, which may be gone by then
  const waiting: Waiting = isPending ? WAITING : { type: type ?? "button" };
  return (
    <BaseButton
      {...rest}
      {...waiting}
      onPress={(event) => {
        if (!isPending) onPress?.(event);
      }}
      className={`button button-${weight}${isPending ? " is-pending" : ""}`}
    >
      {icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </BaseButton>
  );
}

export type IconButtonProps = Omit<BaseProps, "className" | "children"> & {
  icon: IconName;
  /** What it does: read aloud, and shown when it is pointed at. */
  label: string;
  weight?: Weight;
};

/** A button with a sign only; its label is shown on hover and focus. */
export function IconButton({ icon, label, weight = "quiet", ...rest }: IconButtonProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      <BaseButton {...rest} aria-label={label} className={`button button-${weight} button-icon`}>
        <Icon name={icon} />
      </BaseButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
