import { createHost } from '../core/host/node.ts';
import { removeInstance, writeInstance } from './instance.ts';
import { startWebServer } from './webServer.ts';

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
  /** A design to open in the first window: a whole path. */
  readonly file: string | null;
  /** End when the last window is closed and no run is active; otherwise only `close` ends it. */
  readonly untilClosed: boolean;
  /** Told when the last window closed while a run goes on, so that the launcher can say so. */
  onTrainingAlone?(): void;
  onEnded?(): void;
}

export interface WebHost {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** The whole web host: files, runs and engines behind a loopback server, with its life tied to its windows and its run. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { home, engineFile, rendererDir, version, untilClosed } = options;
  const host = await createHost({ home, engineFile, kind: 'web', version, openPath: options.file });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let closing: Promise<void> | null = null;

  const reconsider = (windows: number, delay = GRACE_MS) => {
    clearTimeout(timer);
    if (!untilClosed || closing || windows > 0) return;
    if (host.activeRun !== null) options.onTrainingAlone?.();
    else timer = setTimeout(() => void close(), delay);
  };
  const server = await startWebServer({ host, rendererDir, port: options.port, onWindows: reconsider });
  await writeInstance(home, server.port, server.launchKey);
  host.onEvent((_, event) => {
    // The run that kept a host without windows alive has ended.
    if (event.type === 'run' && server.windows === 0 && host.activeRun === null) reconsider(0);
  });
  reconsider(0, FIRST_WINDOW_MS);

  const close = () => {
    clearTimeout(timer);
    closing ??= (async () => {
      await removeInstance(home);
      await Promise.all([server.close(), host.close()]);
      options.onEnded?.();
    })();
    return closing;
  };
  // After the page has what it needs to draw itself: the engines' start takes the processor for a second.
  setTimeout(() => !closing && host.warm(), 1000).unref();
  return { url: server.launchUrl(), port: server.port, close };
}
