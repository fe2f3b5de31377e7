import { z } from 'zod';
import { pictureProgressSchema, splitNameSchema } from '../../data/index.ts';
import { type DeepReadonly, documentSchema } from '../../document/index.ts';
import {
  evaluationSchema,
  exportFileSchema,
  exportFormatSchema,
  layerWeightsSchema,
  predictionSchema,
  samplesProgressSchema,
} from '../../engine/index.ts';
import { pathFor } from '../../pathSchema.ts';
import { runId } from './schemas.ts';

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

/** What is asked of a trained network, or done with it. */
export const modelMethods = {
  evaluate: {
    params: z.object({ runId, split: splitNameSchema, weights: z.enum(['best', 'last']) }),
    result: evaluationSchema,
    progress: samplesProgressSchema,
  },
  predict: {
    params: z.object({ runId, weights: z.enum(['best', 'last']), inputs: z.array(z.json()).min(1).max(10_000) }),
    result: z.array(predictionSchema),
  },
  /** What a run has learnt, in figures. `node`: a node of the main graph, whose layers alone are wanted; null for all. */
  'runs.weights': {
    params: z.object({ runId, weights: z.enum(['best', 'last']), node: z.string().nullable() }),
    result: z.array(layerWeightsSchema),
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
