import { dirname, join } from 'node:path';
import { z } from 'zod';
import { cleanseJson, MESSAGE_LIMITS } from '../document/index.ts';
import type { ModelSource } from '../engine/index.ts';
import { ProblemError, toProblem } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { runStore } from '../runs/node.ts';
import { autosaves } from './autosaves.ts';
import {
  type ExportSource,
  type HostEvent,
  type HostMethod,
  type HostResult,
  hostMethods,
  hostRequestSchema,
  settingsSchema,
} from './contract.ts';
import { createFolder } from './createFolder.ts';
import { openDataFolder } from './dataFolder.ts';
import { openDocument, saveDocument, wholePath } from './documentFiles.ts';
import { DOCUMENT_PLACES, documentIds } from './documentIds.ts';
import { documentWatch } from './documentWatch.ts';
import { engineKeeper } from './engineKeeper.ts';
import { createEngines } from './engines.ts';
import { jsonFile } from './jsonFile.ts';
import { listFiles } from './listFiles.ts';
import { recentFiles } from './recents.ts';
import { runsElsewhere } from './runsElsewhere.ts';
import { createTraining } from './training.ts';
import { keepUnwritten } from './unwrittenRuns.ts';

/** The longest message that is looked at, in UTF-16 units: the largest document with its quotes escaped, and some more. */
export const MAX_MESSAGE_LENGTH = 144 * 2 ** 20;

/** Native dialogs; each answers null when the person cancels. */
export interface HostDialogs {
  open(options: z.output<(typeof hostMethods)['dialog.open']['params']>): Promise<string | null>;
  save(options: z.output<(typeof hostMethods)['dialog.save']['params']>): Promise<string | null>;
}

export interface HostOptions {
  /** The user's data folder (`userHome()`). */
  readonly home: string;
  /** The built engine: dist/engine.cjs. */
  readonly engineFile: string;
  readonly kind: 'electron' | 'web';
  readonly version: string;
  readonly openPath: string | null;
  readonly dialogs?: HostDialogs;
}

export interface Host {
  /** Answers one request message. Never rejects: whatever is wrong with it comes back as a problem. */
  handle(message: string): Promise<string>;
  /** Every event, ready to send. */
  onEvent(listener: (message: string, event: HostEvent) => void): () => void;
  /** Sends an event of the shell's own (`menu`, `openFile`) to every window. */
  emit(event: HostEvent): void;
  /** The file that the next window opens. */
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

type Handlers = {
  [M in HostMethod]: (params: z.output<(typeof hostMethods)[M]['params']>) => Promise<HostResult<M>> | HostResult<M>;
};

const baseDirOf = (documentPath: string | null) => (documentPath === null ? null : dirname(documentPath));

function badMessage(detail: string): ProblemError {
  return new ProblemError({
    code: 'invalid-message',
    title: 'Invalid request',
    message: `The host did not understand a request: ${detail.slice(0, 500)}. Nothing was changed.`,
  });
}

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

  const listeners = new Set<(message: string, event: HostEvent) => void>();
  const emit = (event: HostEvent) => {
    const message = eventMessage(event);
    for (const listener of [...listeners]) listener(message, event);
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
    onEvent: (event) => {
      if (event.type === 'install' || event.type === 'reading') emit(event);
    },
    onDied: (message) => emit({ type: 'engineDied', runId: null, message }),
  });
  const engines = createEngines({ engineFile, home, services, training, emit });
  let openPath = options.openPath;

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
  const nativeDialogs = (): HostDialogs => {
    if (options.dialogs) return options.dialogs;
    throw new ProblemError({
      code: 'no-native-dialogs',
      title: 'No system dialogs',
      message: 'This host has no dialogs of the system. The window shows its own instead, over files.list.',
    });
  };

  const handlers: Handlers = {
    'app.info': () => {
      // Told once: a window that reloads must not open the file over what has been done since.
      const path = openPath;
      openPath = null;
      return {
        version: options.version,
        host: options.kind,
        platform: process.platform,
        nativeDialogs: options.dialogs !== undefined,
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
    'recovery.read': ({ key }) => unsaved.read(key),
    'dialog.open': async (params) => ({ path: await nativeDialogs().open(params) }),
    'dialog.save': async (params) => ({ path: await nativeDialogs().save(params) }),
    'files.list': ({ directory, extensions }) => listFiles(directory, extensions),
    'files.createFolder': async ({ directory, name }) => ({ path: await createFolder(directory, name) }),
    'engine.backends': () => services.call('backends.list', {}),
    'engine.install': async ({ name }) => {
      await engines.install(name);
      return {};
    },
    'engine.cancelInstall': () => services.call('backends.cancelInstall', {}),
    'engine.uninstall': async ({ name }) => {
      await engines.uninstall(name);
      return {};
    },
    'engine.test': ({ name }) => engines.test(name),
    'engine.cancelTest': () => {
      engines.endTest('The test was cancelled.');
      return {};
    },
    'data.describe': ({ settings: data, documentPath }) =>
      services.call('data.describe', { settings: data, baseDir: baseDirOf(documentPath) }),
    'data.preview': ({ settings: data, documentPath, split, offset, count }) =>
      services.call('data.preview', { settings: data, baseDir: baseDirOf(documentPath), split, offset, count }),
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
    'runs.samples': async ({ runId, samples }) =>
      services.call('run.samples', { runDir: await existingRunDir(runId), samples }),
    'runs.describe': async ({ runId }) => services.call('run.describe', { runDir: await existingRunDir(runId) }),
    'runs.preview': async ({ runId, split, offset, count }) =>
      services.call('run.preview', { runDir: await existingRunDir(runId), split, offset, count }),
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
    evaluate: async ({ runId, split, weights }) =>
      services.call('evaluate', { runDir: await existingRunDir(runId), split, weights }),
    predict: async ({ runId, weights, inputs }) =>
      services.call('predict', { runDir: await existingRunDir(runId), weights, inputs }),
    'export.preview': async ({ source, format }) =>
      services.call('export.preview', { source: await modelSource(source), format }),
    'export.write': async ({ source, format, path, replace }) =>
      services.call('export.write', { source: await modelSource(source), format, path: wholePath(path), replace }),
  };

  const dispatch = async <M extends HostMethod>(method: M, given: unknown): Promise<HostResult<M>> => {
    const params = hostMethods[method].params.safeParse(given);
    if (!params.success) throw badMessage(`${method}: ${z.prettifyError(params.error).replaceAll('\n', ' ')}`);
    // The schema just used is that of `method`, which the types of an indexed record cannot follow.
    const handler = handlers[method] as (checked: unknown) => Promise<HostResult<M>> | HostResult<M>;
    return handler(params.data);
  };

  return {
    handle: async (message) => {
      // Also of a message too long or broken to read, so that its sender learns of it.
      let id = Number(/^\{"id":(\d{1,15})[,}]/.exec(message.slice(0, 40))?.[1] ?? -1);
      try {
        if (message.length > MAX_MESSAGE_LENGTH)
          throw badMessage(`it has ${message.length} characters, and ${MAX_MESSAGE_LENGTH} is the most`);
        let json: unknown;
        try {
          json = JSON.parse(message);
        } catch {
          throw badMessage('it is not JSON');
        }
        if (cleanseJson(json as JsonValue, MESSAGE_LIMITS) !== null) throw badMessage('it is nested too deeply');
        const request = hostRequestSchema.safeParse(json);
        if (!request.success) throw badMessage('it has no number, method and parameters');
        id = request.data.id;
        const { method, params } = request.data;
        if (!Object.hasOwn(hostMethods, method)) throw badMessage(`there is no method “${method.slice(0, 80)}”`);
        const result = await dispatch(method as HostMethod, params);
        return JSON.stringify({ id, ok: true, result });
      } catch (error) {
        return JSON.stringify({ id, ok: false, problem: toProblem(error) });
      }
    },
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit,
    setOpenPath: (path) => {
      openPath = path;
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
