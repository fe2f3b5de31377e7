import { z } from 'zod';
import {
  dataDescriptionSchema,
  pictureProgressSchema,
  previewSchema,
  sampleIdSchema,
  sampleSchema,
  splitNameSchema,
} from '../../data/index.ts';
import { documentSchema } from '../../document/index.ts';
import { pathFor } from '../../pathSchema.ts';
import { metricPointSchema, runRecordSchema } from '../../runs/index.ts';
import { runId } from './schemas.ts';

/** Trainings, and what they leave behind. */
export const runMethods = {
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
} as const;
