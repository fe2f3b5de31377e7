import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { eventMessage } from '../core/host/node.ts';
import { HOST_CHANNEL } from './channel.ts';

const separator = null;
type Item =
  | { readonly label: string; readonly action: string; readonly accelerator?: string }
  | MenuItemConstructorOptions['role']
  | null;

/**
 * The native menu. An item names an action of the renderer; what it does, and whether it can be done now, is decided there. Cut, copy, paste
 * are the system's, because they must work in text fields too; the canvas listens to the same clipboard events.
 */
const menus: readonly { readonly label: string; readonly items: readonly Item[] }[] = [
  {
    label: 'File',
    items: [
      { label: 'New Design', action: 'new', accelerator: 'CmdOrCtrl+Alt+N' },
      { label: 'Open…', action: 'open', accelerator: 'CmdOrCtrl+O' },
      separator,
      { label: 'Save', action: 'save', accelerator: 'CmdOrCtrl+S' },
      { label: 'Save As…', action: 'saveAs', accelerator: 'CmdOrCtrl+Shift+S' },
      separator,
      { label: 'Start Page', action: 'startPage' },
      separator,
      process.platform === 'darwin' ? 'close' : 'quit',
    ],
  },
  {
    label: 'Edit',
    items: [
      { label: 'Undo', action: 'undo', accelerator: 'CmdOrCtrl+Z' },
      { label: 'Redo', action: 'redo', accelerator: 'CmdOrCtrl+Shift+Z' },
      separator,
      'cut',
      'copy',
      'paste',
      { label: 'Duplicate', action: 'duplicate', accelerator: 'CmdOrCtrl+D' },
      { label: 'Delete', action: 'delete' },
      { label: 'Select All', action: 'selectAll', accelerator: 'CmdOrCtrl+A' },
      separator,
      { label: 'Group Into a Block', action: 'groupIntoBlock', accelerator: 'CmdOrCtrl+G' },
      { label: 'Expand the Block', action: 'expandBlock', accelerator: 'CmdOrCtrl+Shift+G' },
    ],
  },
  {
    label: 'View',
    items: [
      { label: 'All Commands…', action: 'commandPalette', accelerator: 'CmdOrCtrl+K' },
      separator,
      { label: 'Zoom In', action: 'zoomIn', accelerator: 'CmdOrCtrl+Plus' },
      { label: 'Zoom Out', action: 'zoomOut', accelerator: 'CmdOrCtrl+-' },
      { label: 'Zoom to 100 %', action: 'zoomActual', accelerator: 'CmdOrCtrl+0' },
      { label: 'Fit the Whole Network', action: 'fit' },
      { label: 'Arrange Automatically', action: 'autoLayout' },
      separator,
      { label: 'Show or Hide the Minimap', action: 'toggleMinimap' },
      { label: 'Switch Between Light and Dark', action: 'toggleTheme' },
      { label: 'Larger Text', action: 'textLarger' },
      { label: 'Smaller Text', action: 'textSmaller' },
      'togglefullscreen',
    ],
  },
  {
    label: 'Train',
    items: [
      { label: 'Train', action: 'train', accelerator: 'CmdOrCtrl+Enter' },
      { label: 'Pause', action: 'pause' },
      { label: 'Resume', action: 'resume' },
      { label: 'Stop', action: 'stop', accelerator: 'CmdOrCtrl+.' },
    ],
  },
  { label: 'Help', items: [{ label: 'Keyboard', action: 'keyboardHelp' }] },
];

function menuItem(item: Item): MenuItemConstructorOptions {
  if (item === null || item === undefined) return { type: 'separator' };
  if (typeof item === 'string') return { role: item };
  return {
    label: item.label,
    ...(item.accelerator !== undefined && { accelerator: item.accelerator }),
    // Only shown here. The page handles the keys itself, so that one chord is never done twice and typing is left alone.
    registerAccelerator: false,
    click: () => {
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
      window?.webContents.send(HOST_CHANNEL, eventMessage({ type: 'menu', action: item.action }));
    },
  };
}

export function installMenu(): void {
  const template: MenuItemConstructorOptions[] = menus.map(({ label, items }) => ({
    label,
    submenu: items.map(menuItem),
  }));
  if (process.platform === 'darwin') template.unshift({ role: 'appMenu' });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
