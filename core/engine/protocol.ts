import { z } from 'zod';
import {
  dataChangesSchema,
  dataDescriptionSchema,
  pictureProgressSchema,
  previewSchema,
  sampleIdSchema,
  sampleSchema,
  splitNameSchema,
} from '../data/index.ts';
import { BACKEND_NAMES, type DeepReadonly, dataSettingsSchema, documentSchema } from '../document/index.ts';
import { EXPORT_FORMATS } from '../formats/index.ts';
import { problemSchema } from '../problemSchema.ts';
import type { MethodOf, ParamsOf, Peer, ResultOf } from '../rpc/index.ts';
import { metricPointSchema, runRecordSchema } from '../runs/index.ts';
import { benchmarkSchema, deviceUseSchema, hardwareSchema } from './deviceFacts.ts';

export { BACKEND_NAMES };

/**
 * What a host and the engine process say to each other over Node IPC, by the codec of core/rpc. JSON only. The host asks, the engine
 * answers each request once; while a run goes on the engine also sends events. Both sides validate.
 */
export const backendNameSchema = z.enum(BACKEND_NAMES);
export type BackendName = z.infer<typeof backendNameSchema>;

/** A backend on this machine: whether it can be used, why not, on which device, how fast. */
export const backendInfoSchema = z.object({
  name: backendNameSchema,
  available: z.boolean(),
  /** Human name: `WebAssembly, SIMD`, `TensorFlow 2.21, CUDA, RTX 4070`. */
  device: z.string(),
  version: z.string(),
  /** Why it is not available, or what to know of it. */
  reason: z.string(),
  /** How to get it, when it is not available. Empty when there is no way on this machine. */
  howToGet: z.string(),
  /** What kind of reason keeps it from being available. */
  obstacle: z.enum(['not-installed', 'no-device', 'unsupported']).optional(),
  /** Present when Layerloom itself can install it here: bytes to download, and on disk afterwards. */
  installs: z.object({ download: z.number(), disk: z.number() }).optional(),
  /** Bytes on disk of what was installed and can be removed again. */
  installedBytes: z.number().optional(),
  /** True for a processor that imitates a graphics processor: `auto` never takes it. */
  software: z.boolean().optional(),
  /** What `auto` takes now. */
  chosen: z.boolean(),
  /** Why `auto` takes it, as a sentence; only of the one it takes. */
  why: z.string().optional(),
  /** What would compute; absent where that is not known. */
  hardware: hardwareSchema.optional(),
  /** How fast it was when it was last tested here. */
  measured: benchmarkSchema.optional(),
});
export type BackendInfo = z.infer<typeof backendInfoSchema>;

/** What one head says of one sample. */
export const headPredictionSchema = z.object({
  /** The Output layer's name. */
  name: z.string(),
  /** The field of the data it learnt to predict. */
  field: z.string(),
  /** Output values: probabilities for a classifier. */
  output: z.array(z.number()),
  predicted: z.string(),
  /** Highest probability, or null for regression. */
  confidence: z.number().nullable(),
});
export type HeadPrediction = z.infer<typeof headPredictionSchema>;

/** In the order of the design's heads. */
export const predictionSchema = z.object({ heads: z.array(headPredictionSchema) });
export type Prediction = z.infer<typeof predictionSchema>;

const errorFigures = z.object({ mae: z.number(), rmse: z.number(), r2: z.number().nullable() });
/** Errors of predicted numbers in the target's own units, and those of always saying the training part's mean. */
export const regressionFiguresSchema = errorFigures.extend({ baseline: errorFigures });
export type RegressionFigures = z.infer<typeof regressionFiguresSchema>;

/** How an Output did on a part of the data. */
export const headEvaluationSchema = z.object({
  /** The Output layer's name. */
  name: z.string(),
  /** The field of the data it is measured against. */
  field: z.string(),
  /** For classifiers, otherwise null. matrix[true][predicted]. */
  confusion: z.object({ classes: z.array(z.string()), matrix: z.array(z.array(z.number())) }).nullable(),
  perClass: z.array(
    z.object({ name: z.string(), precision: z.number(), recall: z.number(), f1: z.number(), support: z.number() }),
  ),
  /** For heads whose target is numbers, otherwise null. */
  regression: regressionFiguresSchema.nullable(),
  /** Every sample's prediction, worst loss first. */
  predictions: z.array(
    z.object({
      sample: sampleIdSchema,
      target: z.string(),
      predicted: z.string(),
      confidence: z.number().nullable(),
      loss: z.number(),
      correct: z.boolean().nullable(),
    }),
  ),
});
export type HeadEvaluation = z.infer<typeof headEvaluationSchema>;

/** How a trained network did on a part of the data, as a whole and by Output. */
export const evaluationSchema = z.object({
  split: splitNameSchema,
  samples: z.number(),
  /** The total loss; of a single head its metric, of several each head's loss and metric under its name. */
  metrics: z.record(z.string(), z.number()),
  /** In the order of the design's heads. */
  heads: z.array(headEvaluationSchema),
  /** What became of the data since the run; null where nothing can have. */
  dataChanges: dataChangesSchema.nullable(),
  /** What a person should know of these figures: no better than guessing, a class that is never predicted, a loss that exploded. */
  findings: z.array(problemSchema).readonly(),
});
export type Evaluation = z.infer<typeof evaluationSchema>;

/** Of the finite values of a weight. */
export const weightFiguresSchema = z.object({
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  /** Standard deviation of the values themselves. */
  deviation: z.number(),
  /** Share of exact zeros, 0..1. */
  zeros: z.number(),
});
export type WeightFigures = z.infer<typeof weightFiguresSchema>;

/** One weight of a layer in figures. */
export const weightSummarySchema = z.object({
  /** Without its layer: "kernel". */
  name: z.string(),
  shape: z.array(z.number()),
  /** Null where no value is finite. */
  figures: weightFiguresSchema.nullable(),
  /** Values that are infinite or no number. */
  notFinite: z.number(),
});
export type WeightSummary = z.infer<typeof weightSummarySchema>;

/** A layer by its path of node ids and by that of names (core/graph, `NetworkLayer`), with what it has learnt. */
export const layerWeightsSchema = z.object({
  id: z.string(),
  name: z.string(),
  weights: z.array(weightSummarySchema),
});
export type LayerWeights = z.infer<typeof layerWeightsSchema>;

/** The id of a format that a model can be exported to. */
export const exportFormatSchema = z.enum(EXPORT_FORMATS.map(({ id }) => id));

/** A trained run (by folder), or a document with freshly initialised weights. */
export const modelSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), runDir: z.string(), weights: z.enum(['best', 'last']) }),
  z.object({ kind: z.literal('document'), document: documentSchema, baseDir: z.string().nullable() }),
]);
export type ModelSource = DeepReadonly<z.infer<typeof modelSourceSchema>>;

/** A file that an export writes: its name, and its text where that is shown. */
export const exportFileSchema = z.object({
  /** Relative to the chosen path; empty when the export is one file. */
  name: z.string(),
  bytes: z.number(),
  /** A preview worked out from the sizes of the weights: `bytes` is nearly, not quite, what will be written. */
  estimated: z.boolean().optional(),
  /** Present for text, cut at 200,000 characters. */
  text: z.string().nullable(),
});
export type ExportFile = z.infer<typeof exportFileSchema>;

/** How far an installation is. */
export const installProgressSchema = z.object({
  name: z.literal('tensorflow'),
  step: z.enum(['prepare', 'download', 'unpack', 'compile', 'check', 'done']),
  /** A short sentence for people. */
  message: z.string(),
  /** 0..1 of the whole, or null while unknown. */
  fraction: z.number().nullable(),
});
export type InstallProgress = z.infer<typeof installProgressSchema>;

/** How far a request is that reads a run's data first, when that takes long, and then computes with every sample. */
export const samplesProgressSchema = z.object({
  step: z.enum(['reading', 'computing']),
  done: z.number(),
  total: z.number(),
});
export type SamplesProgress = z.infer<typeof samplesProgressSchema>;

/** Requests: name -> {params, result, progress}. Those that may take long end when they are cancelled. */
export const engineMethods = {
  'backends.list': { params: z.object({}), result: z.array(backendInfoSchema) },
  /** Downloads, builds and checks a backend that does not come along; answers when it is installed, and `engine-cancelled` when cancelled. */
  'backends.install': {
    params: z.object({ name: z.literal('tensorflow') }),
    result: z.object({ dir: z.string() }),
    progress: installProgressSchema,
  },
  'backends.uninstall': {
    params: z.object({ name: z.literal('tensorflow') }),
    result: z.object({ removed: z.boolean() }),
  },
  /** Trains the standard network for some seconds and keeps the figures in the user's data folder. Refused beside a training. */
  'backends.benchmark': { params: z.object({ name: backendNameSchema }), result: benchmarkSchema },
  'data.describe': {
    params: z.object({ settings: dataSettingsSchema, baseDir: z.string().nullable() }),
    result: dataDescriptionSchema,
    progress: pictureProgressSchema,
  },
  'data.preview': {
    params: z.object({
      settings: dataSettingsSchema,
      baseDir: z.string().nullable(),
      split: splitNameSchema.nullable(),
      offset: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(500),
    }),
    result: previewSchema,
  },
  /** The run's folder already holds run.json and design.loom. Answers once training has begun; the rest comes as events. */
  'train.start': { params: z.object({ runDir: z.string(), resume: z.boolean() }), result: z.object({}) },
  'train.pause': { params: z.object({}), result: z.object({}) },
  'train.resume': { params: z.object({}), result: z.object({}) },
  /** Ends after the current step, with weights saved. */
  'train.stop': { params: z.object({}), result: z.object({}) },
  evaluate: {
    params: z.object({ runDir: z.string(), split: splitNameSchema, weights: z.enum(['best', 'last']) }),
    result: evaluationSchema,
    progress: samplesProgressSchema,
  },
  /** Samples of a run's data as its last evaluation read them, by identity; null for what is not among them. */
  'run.samples': {
    params: z.object({ runDir: z.string(), samples: z.array(sampleIdSchema).min(1).max(500) }),
    result: z.array(sampleSchema.nullable()),
  },
  /** As `data.describe`, of the data a run learnt from: with its columns, classes and parts. */
  'run.describe': {
    params: z.object({ runDir: z.string() }),
    result: dataDescriptionSchema,
    progress: pictureProgressSchema,
  },
  /** As `data.preview`, of the data a run learnt from. */
  'run.preview': {
    params: z.object({
      runDir: z.string(),
      split: splitNameSchema.nullable(),
      offset: z.number().int().nonnegative(),
      count: z.number().int().min(1).max(500),
    }),
    result: previewSchema,
  },
  /** What a run has learnt, in figures. `node`: a node of the main graph, whose layers alone are wanted; null for all. */
  'run.weights': {
    params: z.object({ runDir: z.string(), weights: z.enum(['best', 'last']), node: z.string().nullable() }),
    result: z.array(layerWeightsSchema),
  },
  /** `inputs`: one entry a sample; numbers nested or flat as the Input's shape asks, {column: value} rows for tables, or {picture: path or data URL}. */
  predict: {
    params: z.object({
      runDir: z.string(),
      weights: z.enum(['best', 'last']),
      inputs: z.array(z.json()).min(1).max(10_000),
    }),
    result: z.array(predictionSchema),
  },
  'export.preview': {
    params: z.object({ source: modelSourceSchema, format: exportFormatSchema }),
    result: z.array(exportFileSchema),
  },
  /** What is at `path` already is refused (`export-exists`) unless `replace` says that somebody was asked. */
  'export.write': {
    params: z.object({
      source: modelSourceSchema,
      format: exportFormatSchema,
      path: z.string(),
      replace: z.boolean(),
    }),
    result: z.array(exportFileSchema),
    progress: pictureProgressSchema,
  },
} as const;
export type EngineMethod = MethodOf<typeof engineMethods>;
export type EngineParams<M extends EngineMethod> = ParamsOf<typeof engineMethods, M>;
export type EngineResult<M extends EngineMethod> = ResultOf<typeof engineMethods, M>;

/** What an engine tells without being asked. */
export const engineEventSchema = z.discriminatedUnion('type', [
  /** The record changed: status, epoch, best, speed, ... The engine has already written it to run.json, unless it says that it could not. */
  z.object({
    type: z.literal('run'),
    runDir: z.string(),
    record: runRecordSchema,
    unwritten: z.boolean().optional(),
  }),
  /** While a run trains, about once a second. */
  z.object({ type: z.literal('deviceUse'), runDir: z.string(), use: deviceUseSchema }),
  /** New points, at most every 100 ms. Already appended to metrics.jsonl. */
  z.object({ type: z.literal('metrics'), runDir: z.string(), points: z.array(metricPointSchema) }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;

/** The process, in sentences about what it said or was asked. */
export const ENGINE: Peer = {
  name: 'The engine',
  advice: 'Start Layerloom again, so that all its parts are of one version.',
};

/** The engine is about to end by itself, and why, as a sentence. */
const endingSchema = z.object({ type: z.literal('ending'), message: z.string() });
/** All that the process says unasked: events, and at last that it ends. */
export const unaskedSchema = z.discriminatedUnion('type', [...engineEventSchema.options, endingSchema]);
export type Unasked = z.infer<typeof unaskedSchema>;
