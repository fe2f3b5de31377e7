import { EventEmitter } from 'node:events';
import Module, { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Browser } from '@playwright/test';
import { createApp } from './app.ts';
import { StandInWindow } from './browserWindow.ts';
import { createDialogs, type DialogCall } from './dialogs.ts';
import { createMenu } from './menu.ts';
import { strict } from './strict.ts';

const mainFile = resolve(import.meta.dirname, '../../../dist/main.cjs');
const require = createRequire(import.meta.url);

export interface RunningShell {
  /** Windows that are open, oldest first. */
  readonly windows: readonly StandInWindow[];
  /** Resolves with the first window once its page has loaded. */
  firstWindow(): Promise<StandInWindow>;
  /** Queues the answer of the next native dialog: path, button index, or null to cancel. */
  answerDialog(value: string | number | null): void;
  readonly dialogCalls: readonly DialogCall[];
  /** Addresses handed to the system's browser. */
  readonly openedExternally: readonly string[];
  /** Chooses an item of the native menu by its label. */
  chooseMenu(label: string): void;
  /** As when the program is started again, with these arguments. */
  startAgain(...args: string[]): void;
  /** Asks the app to quit and resolves with its exit code. */
  quit(): Promise<number>;
  readonly exited: Promise<number>;
  /** Whether the app is about to exit, because it was asked to or because its last window closed. */
  isEnding(): boolean;
  /** The real handler that the shell gave to protocol.handle. */
  requestApp(address: string, init?: RequestInit): Promise<Response>;
  /** Sends to the shell as a page would, from a frame of the caller's choice. */
  sendAs(
    frame: { readonly url: string; readonly isMain: boolean },
    channel: string,
    message: unknown,
  ): Promise<unknown[]>;
  permissionRequest(permission: string): boolean;
}

interface Electron {
  readonly [member: string]: unknown;
}

/** Runs dist/main.cjs in this process with `electron` replaced, and its windows in `browser`. One at a time. */
export function runShell(browser: Browser, home: string, args: readonly string[] = []): RunningShell {
  const windows: StandInWindow[] = [];
  const everOpened: StandInWindow[] = [];
  const arrivals = new EventEmitter();
  const ipc = new EventEmitter();
  const openedExternally: string[] = [];
  let appHandler: ((request: Request) => Promise<Response>) | null = null;
  let requestHandler: ((contents: unknown, permission: string, decide: (allow: boolean) => void) => void) | null = null;
  let checkHandler: ((contents: unknown, permission: string, origin: string, details: object) => boolean) | null = null;

  const lifecycle = createApp(() => windows);
  const dialogs = createDialogs();
  const menu = createMenu();
  const handleAppRequest = (request: Request) => {
    if (!appHandler) throw new Error('The shell has not registered app://.');
    return appHandler(request);
  };

  class BrowserWindow extends StandInWindow {
    constructor(options: ConstructorParameters<typeof StandInWindow>[1]) {
      super(
        {
          browser,
          handleAppRequest,
          receive: (event, channel, message) => ipc.emit(channel, event, message),
          mayUse: (permission, address) =>
            checkHandler?.(null, permission, address, { requestingUrl: address }) ?? true,
          opened: (window) => {
            windows.push(window);
            everOpened.push(window);
            lifecycle.events.emit('web-contents-created', {}, window.webContents);
            window.page.then(() => arrivals.emit('window'));
          },
          closed: (window) => {
            windows.splice(windows.indexOf(window), 1);
            lifecycle.windowClosed();
          },
        },
        options,
      );
    }
    static getAllWindows = () => [...windows];
    static getFocusedWindow = () => windows.at(-1) ?? null;
  }

  const electron: Electron = strict('electron', {
    app: lifecycle.app,
    BrowserWindow: strict('BrowserWindow', BrowserWindow),
    dialog: dialogs.dialog,
    ipcMain: strict('ipcMain', {
      on: (channel: string, listener: (...args: unknown[]) => void) => ipc.on(channel, listener),
    }),
    Menu: menu.Menu,
    protocol: strict('protocol', {
      registerSchemesAsPrivileged: (
        schemes: readonly { scheme: string; privileges: { standard?: boolean; secure?: boolean } }[],
      ) => {
        if (!schemes.every(({ privileges }) => privileges.standard && privileges.secure))
          throw new Error('app:// must be standard and secure.');
      },
      handle: (_scheme: string, handler: (request: Request) => Promise<Response>) => {
        appHandler = handler;
      },
    }),
    screen: strict('screen', { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }),
    session: strict('session', {
      defaultSession: strict('defaultSession', {
        setPermissionRequestHandler: (handler: typeof requestHandler) => {
          requestHandler = handler;
        },
        setPermissionCheckHandler: (handler: typeof checkHandler) => {
          checkHandler = handler;
        },
      }),
    }),
    shell: strict('shell', {
      openExternal: async (address: string) => {
        openedExternally.push(address);
      },
    }),
  });

  loadMain(electron, home, args);

  return {
    windows,
    firstWindow: async () => {
      const loaded = async (window: StandInWindow) => {
        await window.page;
        return window;
      };
      const existing = windows[0];
      if (existing) return loaded(existing);
      await new Promise((done) => arrivals.once('window', done));
      const window = windows[0];
      if (!window) throw new Error('The window closed at once.');
      return loaded(window);
    },
    answerDialog: dialogs.answer,
    dialogCalls: dialogs.calls,
    openedExternally,
    chooseMenu: menu.click,
    startAgain: (...more) => lifecycle.events.emit('second-instance', {}, ['electron', ...more], process.cwd()),
    quit: async () => {
      lifecycle.app.quit();
      const code = await lifecycle.exited;
      await Promise.all(everOpened.map((window) => window.released));
      return code;
    },
    exited: lifecycle.exited,
    isEnding: lifecycle.isEnding,
    requestApp: (address, init) => handleAppRequest(new Request(address, init)),
    sendAs: async ({ url, isMain }, channel, message) => {
      const replies: unknown[] = [];
      const frame = { url };
      const sender = {
        mainFrame: isMain ? frame : { url: 'app://layerloom/' },
        isDestroyed: () => false,
        send: (_channel: string, reply: unknown) => replies.push(reply),
      };
      ipc.emit(channel, { sender, senderFrame: frame }, message);
      await new Promise((done) => setTimeout(done, 300));
      return replies;
    },
    permissionRequest: (permission) => {
      let allowed: boolean | null = null;
      requestHandler?.({ getURL: () => 'app://layerloom/' }, permission, (allow) => {
        allowed = allow;
      });
      if (allowed === null) throw new Error('The shell did not decide at once.');
      return allowed;
    },
  };
}

/** Loads a fresh copy of the built main process under a `require` that knows the stand-in. */
function loadMain(electron: Electron, home: string, args: readonly string[]): void {
  const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
  const load = loader._load;
  const { argv } = process;
  process.env.LAYERLOOM_HOME = home;
  process.argv = [argv[0] ?? 'node', mainFile, ...args];
  loader._load = (request, ...rest) => (request === 'electron' ? electron : load.call(loader, request, ...rest));
  try {
    delete require.cache[mainFile];
    require(mainFile);
  } finally {
    loader._load = load;
  }
  // Read once the app is ready, which is after this tick.
  setTimeout(() => {
    process.argv = argv;
  }, 1000).unref();
}
