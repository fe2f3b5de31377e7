import { z } from 'zod';
import { fixesSchema, problemSchema } from '../problemSchema.ts';

/** Where a run stands. `interrupted`: its engine died or was killed; it resumes from the last checkpoint. */
export const runStatusSchema = z.enum([
  'starting',
  'running',
  'paused',
  'finished',
  'stopped',
  'failed',
  'interrupted',
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** Mean and deviation of a target's columns, and the layer whose weights speak in the target's own units. */
const targetScaleSchema = z.object({ layer: z.string(), mean: z.array(z.number()), deviation: z.array(z.number()) });
export type TargetScale = z.infer<typeof targetScaleSchema>;

/** `run.json` in a run's folder, and what lists show. */
export const runRecordSchema = z.object({
  id: z.string(),
  /** What people call it; starts as "<document name> 3". */
  name: z.string(),
  documentName: z.string(),
  /** The document it is a run of. Runs of older versions do not say. */
  documentId: z.string().optional(),
  /** Path of the .loom file it came from, if it had been saved; relative data paths resolve against its folder. */
  documentPath: z.string().nullable(),
  status: runStatusSchema,
  /** Told by a host, never kept: who trains it, when that is another program ("the command line (process 4711)"). */
  elsewhere: z.string().optional(),
  /** While `starting`, when that takes long: what goes on, as a sentence. */
  preparing: z.string().optional(),
  /** ISO 8601. */
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  backend: z.string().nullable(),
  device: z.string().nullable(),
  /** Why this backend: shown for `auto`. */
  backendReason: z.string().nullable(),
  seed: z.number(),
  epochs: z.number(),
  epoch: z.number(),
  step: z.number(),
  stepsPerEpoch: z.number(),
  samplesPerSecond: z.number().nullable(),
  /** Seconds spent training, pauses not counted. */
  elapsed: z.number(),
  /** Whole epochs and steps that the checkpoint on disk holds. Absent before the first one, and in runs of older versions. */
  saved: z.object({ epoch: z.number(), step: z.number() }).optional(),
  /** Last known values, by metric name: loss, accuracy, valLoss, valAccuracy, ... */
  metrics: z.record(z.string(), z.number()),
  best: z.object({ epoch: z.number(), metric: z.string(), value: z.number() }).nullable(),
  /** `details`: the raw words of what failed inside, for a report. */
  problem: z
    .object({
      code: z.string(),
      title: z.string(),
      message: z.string(),
      details: z.string().optional(),
      fixes: fixesSchema.optional(),
    })
    .nullable(),
  /** Of heads trained on standardised targets, by name: what was undone, and in which layer. */
  targetScales: z.record(z.string(), targetScaleSchema).optional(),
  /** What a person should know of a training that ended without an error but did not go well. */
  findings: z.array(problemSchema).readonly().optional(),
  /** What a person should know of what it rests on, such as data that could not be checked when it went on. */
  notes: z.array(problemSchema).readonly().optional(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/**
 * One line of `metrics.jsonl`. `kind: 'step'` points carry the running mean of the training loss since the previous point;
 * `kind: 'epoch'` points carry the whole epoch's training metrics and the validation metrics.
 */
export const metricPointSchema = z.object({
  kind: z.enum(['step', 'epoch']),
  step: z.number(),
  /** Fractional for steps (2.25 = a quarter into the third epoch), whole for epoch ends (1 = after the first). */
  epoch: z.number(),
  /** Seconds of training so far. */
  time: z.number(),
  values: z.record(z.string(), z.number()),
});
export type MetricPoint = z.infer<typeof metricPointSchema>;
