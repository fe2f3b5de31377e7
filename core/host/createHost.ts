import { dirname, join } from 'node:path';
import type { ModelSource } from '../engine/index.ts';
import { ProblemError } from '../errors.ts';
import { connectText, createAnswerer, type Handlers, type TextConnection } from '../rpc/index.ts';
import { runStore } from '../runs/node.ts';
import { autosaves } from './autosaves.ts';
import { HOST } from './client.ts';
import { type ExportSource, type HostEvent, hostMethods, settingsSchema } from './contract.ts';
import { openDataFolder } from './dataFolder.ts';
import { createDialogs, type HostDialogs } from './dialogs.ts';
import { openDocument, saveDocument, wholePath } from './documentFiles.ts';
import { DOCUMENT_PLACES, documentIds } from './documentIds.ts';
import { documentWatch } from './documentWatch.ts';
import { engineKeeper } from './engineKeeper.ts';
import { createEngines } from './engines.ts';
import { checkPaths, createGrants, rememberedData } from './grants/node.ts';
import { pathsIn, planPaths } from './grants/pathsIn.ts';
import { jsonFile } from './jsonFile.ts';
import { recentFiles } from './recents.ts';
import { runsElsewhere } from './runsElsewhere.ts';
import { createTraining } from './training.ts';
import { keepUnwritten } from './unwrittenRuns.ts';

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

export const eventMessage = (event: HostEvent) => JSON.stringify({ event });

const baseDirOf = (documentPath: string | null) => (documentPath === null ? null : dirname(documentPath));

const TRAINING_STARTED = 'A training started, so the figure would have been wrong. Test the device when it is over.';

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
  const settings = jsonFile(join(home, 'settings.json'), settingsSchema, settingsSchema.parse({}));
  const recents = recentFiles(home);
  const unsaved = autosaves(home);
  const ids = documentIds(join(home, DOCUMENT_PLACES));
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
  const dialogs = createDialogs(options.dialogs, grants);
  const giveOpenPath = async (path: string | null) => {
    // What is no design is not given; opening it then says why.
    if (path !== null) await grants.give('design.open', path).catch(() => undefined);
    return path;
  };
  let opening = giveOpenPath(options.openPath);

  const modelSource = async (source: ExportSource): Promise<ModelSource> => {
    if (source.kind === 'document')
      return { kind: 'document', document: source.document, baseDir: baseDirOf(source.documentPath) };
    await runs.read(source.runId);
    return { kind: 'run', runDir: runs.dir(source.runId), weights: source.weights };
  };
  const existingRunDir = async (runId: string) => {
    await runs.read(runId);
    return runs.dir(runId);
  };
  /** What was opened or saved is, whether or not the list of recent files can be written. */
  const remember = (path: string) => recents.add(path).catch((error: unknown) => console.error(error));
  const handlers: Handlers<typeof hostMethods> = {
    'app.info': async () => {
      // Told once: a window that reloads must not open the file over what has been done since.
      const asked = opening;
      opening = Promise.resolve(null);
      const path = await asked;
      return {
        version: options.version,
        host: options.kind,
        platform: process.platform,
        homeDir: home,
        runsDir,
        openPath: path,
      };
    },
    'settings.get': () => settings.read(),
    'settings.set': async (value) => {
      await settings.change(() => value);
      return {};
    },
    'recents.list': () => recents.list(),
    'recents.remove': async ({ path }) => {
      await recents.remove(path);
      return {};
    },
    'documents.open': async ({ path }) => {
      const opened = await openDocument(path);
      watch.follow(opened.path, opened.fingerprint);
      await remember(opened.path);
      return opened;
    },
    'documents.save': async ({ path, text, known, replace }) => {
      const saved = await saveDocument(path, text, replace ? 'replace' : { fingerprint: known });
      watch.follow(saved.path, saved.fingerprint);
      await remember(saved.path);
      return saved;
    },
    'documents.identify': async (file) => ({ id: await ids.identify({ ...file, path: wholePath(file.path) }) }),
    'documents.watch': async ({ path }) => ({ fingerprint: await watch.look(wholePath(path)) }),
    'documents.autosave': async ({ key, path, name, text, known }) => {
      await unsaved.write(key, path, name, text, known);
      return {};
    },
    'documents.discardAutosave': async ({ key }) => {
      await unsaved.discard(key);
      return {};
    },
    'recovery.list': () => unsaved.list(),
    'recovery.read': async ({ key }) => {
      const kept = await unsaved.read(key);
      if (kept.path !== null) await giveOpenPath(kept.path);
      return kept;
    },
    'dialog.show': (request) => dialogs.show(request),
    'dialog.answer': ({ dialog }) => dialogs.answer(dialog),
    'dialog.cancel': ({ dialog }) => {
      dialogs.cancel(dialog);
      return {};
    },
    'engine.backends': () => services.call('backends.list', {}),
    'engine.install': async ({ name }, { signal }) => {
      await engines.install(name, signal);
      return {};
    },
    'engine.cancelInstall': () => {
      engines.endInstall();
      return {};
    },
    'engine.uninstall': async ({ name }) => {
      await engines.uninstall(name);
      return {};
    },
    'engine.test': ({ name }) => engines.test(name),
    'engine.cancelTest': () => {
      engines.endTest('The test was cancelled.');
      return {};
    },
    'data.describe': ({ settings: data, documentPath }, call) =>
      services.call('data.describe', { settings: data, baseDir: baseDirOf(documentPath) }, call),
    'data.preview': ({ settings: data, documentPath, split, offset, count }, call) =>
      services.call('data.preview', { settings: data, baseDir: baseDirOf(documentPath), split, offset, count }, call),
    'train.start': ({ document, documentPath }) => {
      engines.endTest(TRAINING_STARTED);
      return training.start(document, documentPath);
    },
    'train.pause': async ({ runId }) => {
      await training.pause(runId);
      return {};
    },
    'train.resume': async ({ runId }) => {
      engines.endTest(TRAINING_STARTED);
      await training.resume(runId);
      return {};
    },
    'train.stop': async ({ runId }) => {
      await training.stop(runId);
      return {};
    },
    'runs.list': () => elsewhere.list(),
    'runs.metrics': async ({ runId }) => [...(await training.metrics(runId))],
    'runs.document': async ({ runId }) => ({ text: await runs.readDocument(runId) }),
    'runs.samples': async ({ runId, samples }, call) =>
      services.call('run.samples', { runDir: await existingRunDir(runId), samples }, call),
    'runs.describe': async ({ runId }, call) =>
      services.call('run.describe', { runDir: await existingRunDir(runId) }, call),
    'runs.preview': async ({ runId, split, offset, count }, call) =>
      services.call('run.preview', { runDir: await existingRunDir(runId), split, offset, count }, call),
    'runs.rename': async ({ runId, name }) => {
      emit({ type: 'run', record: await runs.rename(runId, name) });
      return {};
    },
    'runs.delete': async ({ runId }) => {
      if (training.active?.id === runId)
        throw new ProblemError({
          code: 'run-active',
          title: 'Still training',
          message: `“${training.active.name}” is being trained. Stop it first, then delete it.`,
          facts: { runId },
        });
      await runs.delete(runId);
      emit({ type: 'runDeleted', runId });
      return {};
    },
    evaluate: async ({ runId, split, weights }, call) =>
      services.call('evaluate', { runDir: await existingRunDir(runId), split, weights }, call),
    predict: async ({ runId, weights, inputs }, call) =>
      services.call('predict', { runDir: await existingRunDir(runId), weights, inputs }, call),
    'export.preview': async ({ source, format }, call) =>
      services.call('export.preview', { source: await modelSource(source), format }, call),
    'export.write': async ({ source, format, path, replace }, call) => {
      const params = { source: await modelSource(source), format, path: wholePath(path), replace };
      return services.call('export.write', params, call);
    },
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
