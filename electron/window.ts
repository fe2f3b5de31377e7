import { BrowserWindow, dialog, shell } from 'electron';
import { APP_URL, isAppUrl } from './appProtocol.ts';
import { isDocumentationLink } from './externalLinks.ts';
import { windowState } from './windowState.ts';

/** Opens the app's window: sandboxed, without Node, and unable to leave its own pages. */
export async function openWindow(home: string, preload: string): Promise<BrowserWindow> {
  const state = await windowState(home);
  const window = new BrowserWindow({
    ...state.options,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: 'Layerloom',
    backgroundColor: '#14161a',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  state.follow(window);
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());

  const { webContents } = window;
  const follow = (address: string) => {
    if (isDocumentationLink(address)) void shell.openExternal(address);
  };
  webContents.setWindowOpenHandler(({ url }) => {
    follow(url);
    return { action: 'deny' };
  });
  webContents.on('will-navigate', (event) => {
    if (isAppUrl(event.url)) return;
    event.preventDefault();
    follow(event.url);
  });
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  // The page holds the window back while there is unsaved work. A browser asks by itself; Electron leaves the asking to us.
  webContents.on('will-prevent-unload', (event) => {
    const choice = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: 'Close without saving?',
      detail:
        'This design has changes that are not saved. An automatic copy is kept, and can be recovered from the start page.',
      buttons: ['Keep open', 'Close without saving'],
      defaultId: 0,
      cancelId: 0,
    });
    // Here preventing means: do not let the page hold the window back.
    if (choice === 1) event.preventDefault();
  });
  await window.loadURL(APP_URL);
  return window;
}
