import { strict } from './strict.ts';

interface Item {
  readonly label?: string;
  readonly role?: string;
  readonly submenu?: readonly Item[];
  click?(): void;
}

/** The native menu as data, with its items clickable by label. */
export function createMenu() {
  let shown: readonly Item[] = [];
  const find = (items: readonly Item[], label: string): Item | null => {
    for (const item of items) {
      if (item.label === label && item.click) return item;
      const below = find(item.submenu ?? [], label);
      if (below) return below;
    }
    return null;
  };
  return {
    click: (label: string) => {
      const item = find(shown, label);
      if (!item?.click) throw new Error(`The native menu has no item “${label}”.`);
      item.click();
    },
    Menu: strict('Menu', {
      buildFromTemplate: (template: readonly Item[]) => template,
      setApplicationMenu: (menu: readonly Item[]) => {
        shown = menu;
      },
    }),
  };
}
