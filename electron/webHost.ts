import { createChooser, createHost } from '../core/host/node.ts';
import { handOver } from './handOver.ts';
import { type Launch, startWebServer, type WebServer } from './webServer.ts';

/** A page that reloads is away for a moment; that must not end the host. */
const GRACE_MS = 4000;
/** For a browser's first, slow start. */
const FIRST_WINDOW_MS = 60_000;

export interface WebHostOptions {
  readonly home: string;
  readonly engineFile: string;
  readonly rendererDir: string;
  readonly version: string;
  readonly port: number;
  /** End when the last window is closed and no run is active; otherwise only `close` ends it. */
  readonly untilClosed: boolean;
  /** Told when the last window closed while a run goes on, so that the launcher can say so. */
  onTrainingAlone?(): void;
  onEnded?(): Promise<void> | void;
}

export interface WebHost {
  readonly port: number;
  /** Lets another window in, which opens `file`, or no file; null while the host closes. */
  launch(file: string | null): Launch | null;
  close(): Promise<void>;
}

/** The whole web host: files, runs and engines behind a loopback server, with its life tied to its windows and its run. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { home, engineFile, rendererDir, version, untilClosed } = options;
  // No dialog is shown before there is a window, and no window before the server.
  let server: WebServer | null = null;
  const chooser = createChooser((id) => server?.dialogAddress(id) ?? '');
  const host = await createHost({
    home,
    engineFile,
    kind: 'web',
    version,
    openPath: null,
    dialogs: chooser.dialogs,
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closing: Promise<void> | null = null;

  const reconsider = (windows: number, delay = GRACE_MS) => {
    clearTimeout(timer);
    if (!untilClosed || closing || windows > 0) return;
    if (host.activeRun !== null) options.onTrainingAlone?.();
    else timer = setTimeout(() => void close(), delay);
  };
  const serving = await startWebServer({
    host,
    chooser,
    handOver: handOver(home),
    rendererDir,
    port: options.port,
    onWindows: reconsider,
  });
  server = serving;
  host.onEvent((event) => {
    // The run that kept a host without windows alive has ended.
    if (event.type === 'run' && serving.windows === 0 && host.activeRun === null) reconsider(0);
  });
  reconsider(0, FIRST_WINDOW_MS);

  const close = () => {
    clearTimeout(timer);
    closing ??= (async () => {
      await Promise.all([serving.close(), host.close()]);
      await options.onEnded?.();
    })();
    return closing;
  };
  // After the page has what it needs to draw itself: the engines' start takes the processor for a second.
  setTimeout(() => !closing && host.warm(), 1000).unref();
  const launch = (file: string | null) => {
    if (closing) return null;
    host.setOpenPath(file);
    return serving.launch();
  };
  return { port: serving.port, launch, close };
}
