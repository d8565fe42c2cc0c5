import {
  MenuItem as BaseItem,
  Menu as BaseMenu,
  Header,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import { Icon, type IconName } from "./Icon.tsx";
import "./Menu.css";

export { MenuTrigger };

export type MenuProps = {
  label: string;
  children: React.ReactNode;
  onAction?: (key: string) => void;
};

/** A menu that a button of a MenuTrigger opens. */
export function Menu({ label, children, onAction }: MenuProps) {
  return (
    <Popover className="menu-sheet" offset={4}>
      <BaseMenu
        aria-label={label}
        className="menu"
        onAction={(key) => {
          onAction?.(String(key));
        }}
      >
        {children}
      </BaseMenu>
    </Popover>
  );
}

export type MenuItemProps = {
  id: string;
  icon?: IconName;
  children: string;
  /** The keys that do the same. */
  keys?: string;
  isDisabled?: boolean;
  isDanger?: boolean;
  href?: string;
  /** The address is a file to keep. */
  download?: boolean;
  onAction?: () => void;
};

/** One thing to do. */
export function MenuItem({ id, icon, children, keys, isDanger, ...rest }: MenuItemProps) {
  return (
    <BaseItem
      id={id}
      textValue={children}
      className={isDanger ? "menu-item menu-danger" : "menu-item"}
      {...rest}
    >
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode === "none" ? (
            <span className="menu-sign">{icon ? <Icon name={icon} /> : null}</span>
          ) : (
            <span className="menu-sign">{isSelected ? <Icon name="check" /> : null}</span>
          )}
          <span className="menu-words">{children}</span>
          {keys ? <kbd className="menu-keys">{keys}</kbd> : null}
        </>
      )}
    </BaseItem>
  );
}

export type ChoicesProps<T extends string> = {
  label: string;
  choices: readonly { readonly id: T; readonly words: string }[];
  chosen: T;
  onChoose: (id: T) => void;
};

/** A part of a menu of which one entry holds. */
export function MenuChoices<T extends string>(props: ChoicesProps<T>) {
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[props.chosen]}
      onSelectionChange={(keys) => {
        const found = props.choices.find((one) => keys === "all" || keys.has(one.id));
        if (found) props.onChoose(found.id);
      }}
    >
      <Header className="menu-head">{props.label}</Header>
      {props.choices.map((one) => (
        <MenuItem key={one.id} id={one.id}>
          {one.words}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

/** A line between parts of a menu. */
export function MenuLine() {
  return <Separator className="menu-line" />;
}
