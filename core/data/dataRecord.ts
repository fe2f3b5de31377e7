import { z } from 'zod';
import { scalerSchema } from './scaler.ts';
import { dataDescriptionSchema } from './schema.ts';

/** The samples of each part, as places among the recorded samples, in the order in which they were dealt out. */
const partsSchema = z.object({
  train: z.array(z.number().int().nonnegative()),
  validation: z.array(z.number().int().nonnegative()),
  test: z.array(z.number().int().nonnegative()),
});

/**
 * Which samples a run had, and what for, so that they are known again in a file that was changed: rows of a table by their content,
 * pictures by their path and content.
 */
export const sampleRecordSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('table'),
    /** Every column of the file, by name. */
    columns: z.array(
      z.object({
        name: z.string(),
        role: z.enum(['feature', 'target', 'ignore']),
        kind: z.enum(['numeric', 'categorical']),
      }),
    ),
    /** `rowKey` of each sample, in the order of the file. */
    keys: z.array(z.string()),
    parts: partsSchema,
  }),
  z.object({
    kind: z.literal('folder'),
    /** Path of each picture within the folder. */
    names: z.array(z.string()),
    /** A digest of each one's content (`contentDigests`). Runs of older versions have none. */
    digests: z.array(z.string()).optional(),
    /** Bytes of each, all that runs of older versions know of it. */
    sizes: z.array(z.number()).optional(),
    parts: partsSchema,
  }),
]);
export type SampleRecord = z.infer<typeof sampleRecordSchema>;
export type TableRecord = Extract<SampleRecord, { kind: 'table' }>;
export type FolderRecord = Extract<SampleRecord, { kind: 'folder' }>;

/** What is kept of the data beside a run's weights (`data.json`). Runs of older versions have no record of their samples. */
export const dataRecordSchema = z.object({
  scaler: scalerSchema,
  summary: dataDescriptionSchema.shape.summary,
  samples: sampleRecordSchema.optional(),
  /** The samples were recorded when the run went on: what it began with is not known. */
  recordedLater: z.boolean().optional(),
});
export type DataRecord = z.infer<typeof dataRecordSchema>;
