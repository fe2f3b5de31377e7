import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, protocol, session, shell } from 'electron';
import { createHost, eventMessage, userHome } from '../core/host/node.ts';
import { version } from '../package.json';
import { APP_SCHEME, appProtocolHandler, isAppUrl } from './appProtocol.ts';
import { HOST_CHANNEL } from './channel.ts';
import { connectWindows } from './connectWindows.ts';
import { nativeDialogs } from './dialogs.ts';
import { becomeInstance } from './instance.ts';
import { installMenu } from './menu.ts';
import { openWindow } from './window.ts';

/** A page of ours may use the clipboard; it may do nothing else that needs leave. */
const ALLOWED_PERMISSIONS = new Set(['clipboard-read', 'clipboard-sanitized-write']);

/** dist/ as a plain folder: the engine is run by Node, which cannot read inside an asar archive. */
const dist = fileURLToPath(new URL('.', import.meta.url));
const unpackedDist = dist.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

/** The .loom file among the arguments, as a whole path. */
function fileArgument(argv: readonly string[], folder: string): string | null {
  const file = argv.slice(1).find((argument) => !argument.startsWith('-') && /\.loom$/i.test(argument));
  return file === undefined ? null : resolve(folder, file);
}

function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((contents, permission, decide) =>
    decide(ALLOWED_PERMISSIONS.has(permission) && isAppUrl(contents.getURL())),
  );
  defaultSession.setPermissionCheckHandler(
    (_contents, permission, _origin, details) =>
      ALLOWED_PERMISSIONS.has(permission) && isAppUrl(details.requestingUrl ?? ''),
  );
  // Whatever else a page may come to be shown in gets the same treatment as a window: none.
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

async function run(): Promise<void> {
  await app.whenReady();
  // A packaged app carries a Node runtime; `npm start` names the one it runs under.
  if (app.isPackaged)
    process.env.LAYERLOOM_NODE = join(
      process.resourcesPath,
      'node',
      process.platform === 'win32' ? 'node.exe' : 'bin/node',
    );
  const home = userHome();
  const openPath = pendingFile ?? fileArgument(process.argv, process.cwd());
  // Of Electrons there is one by its own lock; a web host may have the data folder too.
  const start = await becomeInstance(home, 'the Layerloom app', openPath);
  if ('opened' in start) {
    console.log('Layerloom is running already, in a browser window: opened another one.');
    if (start.opened.kind === 'address') await shell.openExternal(start.opened.page);
    app.quit();
    return;
  }
  const { instance } = start;
  lockDown();
  protocol.handle(APP_SCHEME, appProtocolHandler(join(dist, 'renderer')));
  const host = await createHost({
    home,
    engineFile: join(unpackedDist, 'engine.cjs'),
    kind: 'electron',
    version,
    openPath,
    dialogs: nativeDialogs,
  });
  connectWindows(host);
  installMenu();

  let closing = false;
  let closed = false;
  const show = (file: string | null) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (!window) {
      host.setOpenPath(file);
      void openWindow(home, join(dist, 'preload.cjs'));
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
    if (file === null) return;
    const send = () => window.webContents.send(HOST_CHANNEL, eventMessage({ type: 'openFile', path: file }));
    // What cannot be given is asked for all the same: opening it says why.
    void host.give(file).then(send, send);
  };
  const quitIfIdle = () => {
    // A run goes on without a window; starting Layerloom again shows it. On a Mac the app stays anyway.
    if (process.platform !== 'darwin' && BrowserWindow.getAllWindows().length === 0 && host.activeRun === null)
      app.quit();
  };
  openFile = show;
  instance.ready((file) => {
    if (closing) return null;
    show(file);
    return { kind: 'shown' };
  });
  app.on('second-instance', (_event, argv, folder) => show(fileArgument(argv, folder)));
  app.on('activate', () => show(null));
  app.on('window-all-closed', quitIfIdle);
  host.onEvent((event) => {
    if (event.type === 'run') quitIfIdle();
  });
  app.on('will-quit', (event) => {
    if (closed) return;
    // Also when asked again while closing, as the run that ends then does: what is being saved must be on disk.
    event.preventDefault();
    if (closing) return;
    closing = true;
    void host
      .close()
      .finally(() => instance.release())
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
  await openWindow(home, join(dist, 'preload.cjs'));
  host.warm();
}

/** A Mac may name a file before the app is ready. */
let pendingFile: string | null = null;
let openFile = (file: string | null): void => {
  pendingFile = file;
};

protocol.registerSchemesAsPrivileged([
  { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
app.enableSandbox();
app.on('open-file', (event, path) => {
  event.preventDefault();
  openFile(path);
});
// Electron's own files (cache, cookies) go beside ours, and the lock below is one for each data folder.
app.setPath('userData', join(userHome(), 'electron'));
if (app.requestSingleInstanceLock())
  run().catch((error: unknown) => {
    console.error(`Layerloom could not start: ${error instanceof Error ? error.message : String(error)}`);
    app.exit(1);
  });
else app.quit();
