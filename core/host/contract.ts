import { z } from 'zod';
import {
  dataDescriptionSchema,
  pictureProgressSchema,
  previewSchema,
  sampleIdSchema,
  sampleSchema,
  splitNameSchema,
} from '../data/index.ts';
import { type DeepReadonly, dataSettingsSchema, documentSchema } from '../document/index.ts';
import {
  backendInfoSchema,
  backendNameSchema,
  benchmarkSchema,
  deviceUseSchema,
  evaluationSchema,
  exportFileSchema,
  exportFormatSchema,
  installProgressSchema,
  predictionSchema,
  samplesProgressSchema,
} from '../engine/index.ts';
import type { Problem } from '../errors.ts';
import { pathFor } from '../pathSchema.ts';
import type { MethodOf, ParamsOf, ResultOf } from '../rpc/index.ts';
import { metricPointSchema, runRecordSchema } from '../runs/index.ts';
import { CHOICE_IDS } from './grants/choices.ts';

/**
 * The one contract between the UI and whatever hosts it: the Electron main process over IPC, the loopback web host over a
 * WebSocket. Requests and events are JSON and validated on arrival, at both ends.
 *
 * Paths in parameters are made by `pathFor`, which says what they are for: each is then compared with what windows were given
 * (grants/checkPaths.ts) before any handler sees it. Paths in results and events say where something is, and give nothing.
 */
const path = z.string().min(1).max(4096);
/** SHA-256 of a file's bytes. */
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
const dialogId = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/);
const runId = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/);

/** Sizes of text to choose from, in per cent. */
export const TEXT_SIZES = [100, 125, 150, 175, 200] as const;

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  textSize: z.literal(TEXT_SIZES).default(100),
  /** Panel sizes, open tabs and the like, by key; the renderer's business. */
  layout: z.record(z.string(), z.json()).default({}),
});
export type Settings = z.infer<typeof settingsSchema>;

export const recentFileSchema = z.object({ path, name: z.string(), openedAt: z.string(), exists: z.boolean() });
export type RecentFile = z.infer<typeof recentFileSchema>;

export const recoverySchema = z.object({
  key: z.string(),
  path: path.nullable(),
  name: z.string(),
  savedAt: z.string(),
});
export type Recovery = z.infer<typeof recoverySchema>;

/** A run's model, or the document on screen. */
export const exportSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), runId, weights: z.enum(['best', 'last']) }),
  z.object({
    kind: z.literal('document'),
    document: documentSchema,
    documentPath: pathFor('designOfData').nullable(),
  }),
]);
export type ExportSource = DeepReadonly<z.infer<typeof exportSourceSchema>>;

/** name -> params, result and progress (core/rpc). A failed request carries a Problem. */
export const hostMethods = {
  'app.info': {
    params: z.object({}),
    result: z.object({
      version: z.string(),
      host: z.enum(['electron', 'web']),
      platform: z.string(),
      homeDir: path,
      runsDir: path,
      /** File to open at start (`npm start -- file.loom`); told once, so that a reload does not open it again. */
      openPath: path.nullable(),
    }),
  },
  'settings.get': { params: z.object({}), result: settingsSchema },
  'settings.set': { params: settingsSchema, result: z.object({}) },
  'recents.list': { params: z.object({}), result: z.array(recentFileSchema) },
  'recents.remove': { params: z.object({ path: pathFor('design') }), result: z.object({}) },

  /** Text of a .loom file; parsing and its errors are the UI's (core/formats/native reads it). At most 64 MiB. */
  'documents.open': {
    params: z.object({ path: pathFor('design') }),
    result: z.object({ path, text: z.string(), fingerprint }),
  },
  /**
   * Atomic: the old file stays until the new one is whole. `known` is the fingerprint the file was opened or last saved with, null
   * for a new one; a file that holds something else is refused (`document-changed`, `document-exists`) unless the person was
   * asked and said `replace`.
   */
  'documents.save': {
    params: z.object({
      path: pathFor('design'),
      text: z.string(),
      known: fingerprint.nullable(),
      replace: z.boolean().default(false),
    }),
    result: z.object({ path, fingerprint }),
  },
  /** Which document a file holds (documentIds.ts): its own id unless it is a copy of another file, or has none yet. */
  'documents.identify': {
    params: z.object({
      path: pathFor('design'),
      id: z.string().min(1).max(64).nullable(),
      fingerprint: fingerprint.nullable(),
    }),
    result: z.object({ id: z.string() }),
  },
  /** What a file holds now (null: there is none), and from now on `documentChanged` events for it. Opening and saving watch too. */
  'documents.watch': {
    params: z.object({ path: pathFor('design') }),
    result: z.object({ fingerprint: fingerprint.nullable() }),
  },
  /** Kept in the user's data folder under `key` until discarded; written at most every second by the UI. */
  'documents.autosave': {
    params: z.object({
      key: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/),
      path: pathFor('design').nullable(),
      name: z.string(),
      text: z.string(),
      /** Of the file the edits were made to, so that a change to it meanwhile is noticed when they come back. */
      known: fingerprint.nullable().default(null),
    }),
    result: z.object({}),
  },
  'documents.discardAutosave': {
    params: z.object({ key: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) }),
    result: z.object({}),
  },
  'recovery.list': { params: z.object({}), result: z.array(recoverySchema) },
  'recovery.read': {
    params: z.object({ key: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) }),
    result: z.object({ text: z.string(), path: path.nullable(), known: fingerprint.nullable() }),
  },

  /**
   * Shows a dialog that asks for a file or folder, and gives windows what is chosen. `name`: what is proposed in it. `url` is null for a
   * dialog of the system; otherwise the window shows that address in a frame over itself, whose content it can neither read nor press.
   */
  'dialog.show': {
    params: z.object({
      what: z.enum(CHOICE_IDS),
      name: z.string().max(1000),
      folder: pathFor('start').nullable().default(null),
    }),
    result: z.object({ dialog: dialogId, url: z.string().nullable() }),
  },
  /**
   * What was chosen in it, once it is closed; null where nothing was. `asked`: the dialog has asked whether a file of this very path may be
   * replaced; otherwise that is still to be done when there is one.
   */
  'dialog.answer': {
    params: z.object({ dialog: dialogId }),
    result: z.object({ path: path.nullable(), asked: z.boolean() }),
  },
  /** Takes a dialog away that is not the system's; nothing was chosen in it then. */
  'dialog.cancel': { params: z.object({ dialog: dialogId }), result: z.object({}) },

  'engine.backends': { params: z.object({}), result: z.array(backendInfoSchema) },
  /** Answers when the backend is installed; progress comes as `install` events, to windows that came later too. */
  'engine.install': {
    params: z.object({ name: z.literal('tensorflow') }),
    result: z.object({}),
    detached: true,
  },
  'engine.cancelInstall': { params: z.object({}), result: z.object({}) },
  'engine.uninstall': { params: z.object({ name: z.literal('tensorflow') }), result: z.object({}) },
  /** Measures how fast a device trains; takes some seconds. Refused while a run trains or an engine is being installed. */
  'engine.test': { params: z.object({ name: backendNameSchema }), result: benchmarkSchema },
  /** Ends a test under way; its request is then answered with the problem `test-cancelled`. */
  'engine.cancelTest': { params: z.object({}), result: z.object({}) },
  'data.describe': {
    params: z.object({ settings: dataSettingsSchema, documentPath: pathFor('designOfData').nullable() }),
    result: dataDescriptionSchema,
    progress: pictureProgressSchema,
  },
  'data.preview': {
    params: z.object({
      settings: dataSettingsSchema,
      documentPath: pathFor('designOfData').nullable(),
      split: splitNameSchema.nullable(),
      offset: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(500),
    }),
    result: previewSchema,
  },

  'train.start': {
    params: z.object({ document: documentSchema, documentPath: pathFor('designOfData').nullable() }),
    result: z.object({ runId }),
  },
  'train.pause': { params: z.object({ runId }), result: z.object({}) },
  /** Resumes a paused run, or continues an interrupted or stopped one from its last checkpoint. */
  'train.resume': { params: z.object({ runId }), result: z.object({}) },
  'train.stop': { params: z.object({ runId }), result: z.object({}) },

  'runs.list': { params: z.object({}), result: z.array(runRecordSchema) },
  'runs.metrics': { params: z.object({ runId }), result: z.array(metricPointSchema) },
  'runs.document': { params: z.object({ runId }), result: z.object({ text: z.string() }) },
  /** Samples of the data a run learnt from, by identity; null for what is not among them. */
  'runs.samples': {
    params: z.object({ runId, samples: z.array(sampleIdSchema).min(1).max(500) }),
    result: z.array(sampleSchema.nullable()),
  },
  /** As `data.describe`, of the data a run learnt from: with its columns, classes and parts. */
  'runs.describe': {
    params: z.object({ runId }),
    result: dataDescriptionSchema,
    progress: pictureProgressSchema,
  },
  /** As `data.preview`, of the data a run learnt from. */
  'runs.preview': {
    params: z.object({
      runId,
      split: splitNameSchema.nullable(),
      offset: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(500),
    }),
    result: previewSchema,
  },
  'runs.rename': { params: z.object({ runId, name: z.string().min(1).max(200) }), result: z.object({}) },
  'runs.delete': { params: z.object({ runId }), result: z.object({}) },

  evaluate: {
    params: z.object({ runId, split: splitNameSchema, weights: z.enum(['best', 'last']) }),
    result: evaluationSchema,
    progress: samplesProgressSchema,
  },
  predict: {
    params: z.object({ runId, weights: z.enum(['best', 'last']), inputs: z.array(z.json()).min(1).max(10_000) }),
    result: z.array(predictionSchema),
  },
  'export.preview': {
    params: z.object({ source: exportSourceSchema, format: exportFormatSchema }),
    result: z.array(exportFileSchema),
  },
  /** What is at `path` already is refused (`export-exists`) unless the person was asked and said `replace`. */
  'export.write': {
    params: z.object({
      source: exportSourceSchema,
      format: exportFormatSchema,
      path: pathFor('export'),
      replace: z.boolean().default(false),
    }),
    result: z.array(exportFileSchema),
    progress: pictureProgressSchema,
    // What a person has asked to have on disk is there, whether or not the window stays.
    detached: true,
  },
} as const;

export type HostMethod = MethodOf<typeof hostMethods>;
export type HostParams<M extends HostMethod> = ParamsOf<typeof hostMethods, M>;
export type HostResult<M extends HostMethod> = ResultOf<typeof hostMethods, M>;

export const hostEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('run'), record: runRecordSchema }),
  z.object({ type: z.literal('runDeleted'), runId }),
  z.object({ type: z.literal('metrics'), runId, points: z.array(metricPointSchema) }),
  /** How busy the training run keeps its device, about once a second. */
  z.object({ type: z.literal('deviceUse'), runId, use: deviceUseSchema }),
  /** The device that is being tested now; null when a test is over. */
  z.object({ type: z.literal('deviceTest'), testing: backendNameSchema.nullable() }),
  /** A backend is being installed. */
  z.object({ type: z.literal('install'), progress: installProgressSchema }),
  /** The engine process died. The run it worked on, if any, is now `interrupted` and resumable. */
  z.object({ type: z.literal('engineDied'), runId: runId.nullable(), message: z.string() }),
  /** A native menu item was chosen; `action` is an action id of the renderer. */
  z.object({ type: z.literal('menu'), action: z.string() }),
  /** The shell asks to open this file (second instance, file association). */
  z.object({ type: z.literal('openFile'), path }),
  /** A watched file was written, by whomever, or removed (null). */
  z.object({ type: z.literal('documentChanged'), path, fingerprint: fingerprint.nullable() }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;

/** What carries messages: Electron IPC behind the preload, or a WebSocket. */
export interface Transport {
  send(message: string): void;
  onMessage(listener: (message: string) => void): () => void;
  /**
   * Called with false when the host is lost and with true when it is there (again); never at once. `refusal` when it will not be there
   * again for this window, whatever it tries.
   */
  onConnection(listener: (connected: boolean, refusal?: Problem) => void): () => void;
}

/** What `electron/preload.ts` puts on `window.layerloom`. */
export interface PreloadBridge {
  send(message: string): void;
  onMessage(listener: (message: string) => void): () => void;
}
