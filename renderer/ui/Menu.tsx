import { Check, ChevronRight } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { Fragment, type ReactNode } from 'react';
import './menu.css';
import { OverlayRegion } from './OverlayRegion.tsx';

export interface MenuItem {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly shortcut?: string | undefined;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

/** A list beside the list, of which one item is chosen. */
export interface MenuChoice {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChoose: (value: string) => void;
}

type MenuGroups = readonly (readonly (MenuItem | MenuChoice)[])[];

export interface MenuProps {
  /** The button; one element that takes a ref. */
  readonly trigger: ReactNode;
  /** Groups, divided by hairlines. A function is asked each time the menu opens: for items that depend on what is on screen. */
  readonly groups: MenuGroups | (() => MenuGroups);
  readonly align?: 'start' | 'center' | 'end';
}

/** A button that opens a list of commands. */
export function Menu({ trigger, groups, align = 'end' }: MenuProps) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <OverlayRegion label="Menu">
          <DropdownMenu.Content className="menu" align={align} sideOffset={4} collisionPadding={8}>
            <Items groups={groups} />
          </DropdownMenu.Content>
        </OverlayRegion>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Items({ groups }: Pick<MenuProps, 'groups'>) {
  return (typeof groups === 'function' ? groups() : groups)
    .filter((items) => items.length > 0)
    .map((items, at) => (
      <Fragment key={items[0]?.label}>
        {at > 0 && <DropdownMenu.Separator className="menu-line" />}
        {items.map((item) =>
          'options' in item ? <Choice key={item.label} {...item} /> : <Command key={item.label} {...item} />,
        )}
      </Fragment>
    ));
}

function Command(item: MenuItem) {
  return (
    <DropdownMenu.Item
      className={item.danger === true ? 'menu-item menu-danger' : 'menu-item'}
      disabled={item.disabled === true}
      onSelect={item.onSelect}
    >
      <span className="menu-icon">{item.icon}</span>
      <span className="menu-label">{item.label}</span>
      {item.shortcut !== undefined && <span className="menu-shortcut">{item.shortcut}</span>}
    </DropdownMenu.Item>
  );
}

function Choice({ label, icon, value, options, onChoose }: MenuChoice) {
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">
        <span className="menu-icon">{icon}</span>
        <span className="menu-label">{label}</span>
        <ChevronRight className="menu-more" aria-hidden />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.SubContent className="menu" collisionPadding={8}>
        <DropdownMenu.RadioGroup value={value} onValueChange={onChoose}>
          {options.map((option) => (
            <DropdownMenu.RadioItem key={option.value} className="menu-item" value={option.value}>
              <span className="menu-icon">
                <DropdownMenu.ItemIndicator>
                  <Check aria-hidden />
                </DropdownMenu.ItemIndicator>
              </span>
              <span className="menu-label">{option.label}</span>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.SubContent>
    </DropdownMenu.Sub>
  );
}
