import { join } from 'node:path';
import { connectText, createAnswerer, type Handlers, type TextConnection } from '../rpc/index.ts';
import { runStore } from '../runs/node.ts';
import { HOST } from './client.ts';
import { type HostEvent, hostMethods } from './contract/index.ts';
import { openDataFolder } from './dataFolder.ts';
import { createDialogs, type HostDialogs } from './dialogs.ts';
import { documentWatch } from './documentWatch.ts';
import { appHandlers } from './domains/app.ts';
import { dataHandlers } from './domains/data.ts';
import { deviceHandlers } from './domains/devices.ts';
import { dialogHandlers } from './domains/dialogs.ts';
import { documentHandlers } from './domains/documents.ts';
import { modelHandlers } from './domains/models.ts';
import { runHandlers } from './domains/runs.ts';
import { engineKeeper } from './engineKeeper.ts';
import { createEngines } from './engines.ts';
import { checkPaths, createGrants, rememberedData } from './grants/node.ts';
import { pathsIn, planPaths } from './grants/pathsIn.ts';
import { recentFiles } from './recents.ts';
import { runsElsewhere } from './runsElsewhere.ts';
import { createTraining } from './training.ts';
import { keepUnwritten } from './unwrittenRuns.ts';

/** What a shell gives a host. */
export interface HostOptions {
  /** The user's data folder (`userHome()`). */
  readonly home: string;
  /** The built engine: dist/engine.cjs. */
  readonly engineFile: string;
  readonly kind: 'electron' | 'web';
  readonly version: string;
  readonly openPath: string | null;
  /** Without them no window can choose a file. */
  readonly dialogs?: HostDialogs;
}

/** What windows talk to, whatever carries their messages. */
export interface Host {
  /** Lets a window ask, which gets its answers, and every event, by `send`. Whatever is wrong with what it says comes back as a problem. */
  connect(send: (text: string) => void): TextConnection;
  /** Every event, for the shell itself. */
  onEvent(listener: (event: HostEvent) => void): () => void;
  /** Sends an event of the shell's own (`menu`, `openFile`) to every window. */
  emit(event: HostEvent): void;
  /** Gives windows a design that the person named outside of them: on the command line, or by opening the file with Layerloom. */
  give(path: string): Promise<void>;
  /** The file that the next window opens: it is given to it. */
  setOpenPath(path: string | null): void;
  /** Id of the run that is being trained or paused now. */
  readonly activeRun: string | null;
  /** Process ids of the two engines, null where none runs. */
  readonly enginePids: { readonly training: number | null; readonly services: number | null };
  /** Starts both engines in the background. */
  warm(): void;
  /** Saves what is being trained, ends the engines. */
  close(): Promise<void>;
}

/** An event as it travels to a window. */
export const eventMessage = (event: HostEvent) => JSON.stringify({ event });

/** The host behind every shell: files, settings, runs, and two engine processes. Windows may come and go. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { home, engineFile } = options;
  const runsDir = join(home, 'runs');
  await openDataFolder(home);
  const shell = options.kind === 'electron' ? 'the Layerloom app' : 'Layerloom in a browser window';
  const runs = keepUnwritten(runStore(runsDir, shell));
  // Runs that a killed program left as `running` are what they are: interrupted.
  await runs.recover();

  const windows = new Set<(text: string) => void>();
  const listeners = new Set<(event: HostEvent) => void>();
  const emit = (event: HostEvent) => {
    const text = eventMessage(event);
    for (const send of [...windows]) send(text);
    for (const listener of [...listeners]) listener(event);
  };
  const recents = recentFiles(home);
  const watch = documentWatch((path, fingerprint) => emit({ type: 'documentChanged', path, fingerprint }));
  const training = createTraining({ engineFile, home, runs, emit });
  const elsewhere = runsElsewhere(runs, (runId) => training.active?.id === runId, emit);
  const services = engineKeeper({
    engineFile,
    home,
    // It trains nothing.
    onEvent: () => undefined,
    onDied: (message) => emit({ type: 'engineDied', runId: null, message }),
  });
  const engines = createEngines({ engineFile, home, services, training, emit });
  const grants = createGrants({ isRecent: recents.has, data: rememberedData(join(home, 'grants.json')) });
  const giveOpenPath = async (path: string | null) => {
    // What is no design is not given; opening it then says why.
    if (path !== null) await grants.give('design.open', path).catch(() => undefined);
    return path;
  };
  let opening = giveOpenPath(options.openPath);

  const handlers: Handlers<typeof hostMethods> = {
    ...appHandlers({
      home,
      runsDir,
      kind: options.kind,
      version: options.version,
      recents,
      takeOpenPath: () => {
        const asked = opening;
        opening = Promise.resolve(null);
        return asked;
      },
    }),
    ...documentHandlers({ home, recents, watch, give: giveOpenPath }),
    ...dialogHandlers(createDialogs(options.dialogs, grants)),
    ...deviceHandlers(services, engines),
    ...dataHandlers(services),
    ...runHandlers({ runs, training, elsewhere, engines, services, emit }),
    ...modelHandlers(runs, services),
  };

  const plans = new Map(Object.entries(hostMethods).map(([method, { params }]) => [method, planPaths(params)]));
  const answerer = createAnswerer({
    methods: hostMethods,
    handlers,
    self: HOST,
    check: (method, params) => checkPaths(grants, pathsIn(plans.get(method) ?? null, params)),
  });
  return {
    connect: (send) => {
      const { receive, close } = connectText(answerer, send);
      windows.add(send);
      return {
        receive,
        close: () => {
          windows.delete(send);
          close();
        },
      };
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit,
    give: async (path) => {
      await grants.give('design.open', path);
    },
    setOpenPath: (path) => {
      opening = giveOpenPath(path);
    },
    get activeRun() {
      return training.active?.id ?? null;
    },
    get enginePids() {
      return { training: training.enginePid, services: services.pid };
    },
    warm: () => {
      services.warm();
      training.warm();
    },
    close: async () => {
      engines.endTest('Layerloom was closed.');
      watch.close();
      elsewhere.close();
      services.close();
      await training.close();
    },
  };
}
