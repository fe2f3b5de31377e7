import { z } from 'zod';
import { dataLayoutSchema } from '../document/index.ts';
import { problemSchema } from '../problemSchema.ts';

/** A column of a table as the Data room shows it. */
export const columnSummarySchema = z.object({
  name: z.string(),
  role: z.enum(['feature', 'target', 'ignore']),
  kind: z.enum(['numeric', 'categorical']),
  /** Whether role and kind were inferred from the file rather than set in the document. */
  inferred: z.boolean(),
  /** What stands before or behind its numbers (kg, %, $); empty: nothing. */
  unit: z.string(),
  /** Why it has this role and kind. */
  why: z.string(),
  missing: z.number(),
  /** Cells in a numeric column that are not numbers. */
  invalid: z.number(),
  distinct: z.number(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  mean: z.number().nullable(),
  /** Most frequent values of a categorical column, at most 50. */
  values: z.array(z.object({ value: z.string(), count: z.number() })),
});
export type ColumnSummary = z.infer<typeof columnSummarySchema>;

const numberRangeSchema = z.object({ min: z.number(), max: z.number(), whole: z.boolean() });

/** A `DatasetField` of core/document. */
export const datasetFieldSchema = z.object({
  name: z.string(),
  role: z.enum(['input', 'target']),
  shape: z.array(z.number()),
  classes: z.array(z.string()).optional(),
  values: z.array(numberRangeSchema.extend({ column: z.string(), unscaled: numberRangeSchema.optional() })).optional(),
});

/** How the file of a table is read: what was found or set, and why. */
export const tableReadingSchema = z.object({
  /** Rows of data in the file, with or without missing values. */
  rows: z.number(),
  separator: z.string(),
  quote: z.string(),
  decimal: z.enum(['.', ',']),
  thousands: z.enum(['', ',', '.', ' ', "'"]),
  /** `(5)` is −5. */
  parentheses: z.boolean(),
  /** `5k` is 5,000. */
  magnitudes: z.boolean(),
  /** Signs and units that are taken off numbers of some column. */
  units: z.array(z.string()).default([]),
  heading: z.boolean(),
  /** Rows before the heading, or before the data. */
  skip: z.number(),
  /** Texts in the file that count as no value (the empty cell aside). */
  missing: z.array(z.string()),
  /** A sentence for each of these. */
  why: z.object({
    separator: z.string(),
    quote: z.string(),
    skip: z.string(),
    heading: z.string(),
    decimal: z.string(),
    thousands: z.string(),
    parentheses: z.string(),
    magnitudes: z.string(),
    units: z.string().default(''),
    missing: z.string(),
  }),
  /** The first rows as they are read: numbers as numbers print, an empty text where there is no value. */
  preview: z.array(z.array(z.string())),
});
export type TableReading = z.infer<typeof tableReadingSchema>;

/** Everything the Data room shows. `summary` (a core/document DatasetSummary) is what analysis uses. */
export const dataDescriptionSchema = z.object({
  summary: z.object({
    name: z.string(),
    kind: z.enum(['image', 'table']),
    samples: z.number(),
    fields: z.array(datasetFieldSchema),
    trainingSamples: z.number().optional(),
  }),
  attribution: z.string(),
  /**
   * Images: the largest pixel value of the source, the range in which `predict` takes pictures (0 to this). Null for tables. Samples to
   * look at come as 0..1 whatever it is.
   */
  pixelMaximum: z.number().nullable(),
  columns: z.array(columnSummarySchema),
  /** Tables from a file only. */
  reading: tableReadingSchema.optional(),
  /** What a program reads the files by; absent where there are none, and where `problems` stand in the way of training. */
  layout: dataLayoutSchema.optional(),
  /** Sample counts by split, and by class within each (empty object for regression). */
  splits: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  classBalance: z.array(z.object({ name: z.string(), train: z.number(), validation: z.number(), test: z.number() })),
  problems: z.array(problemSchema),
});
export type DataDescription = z.infer<typeof dataDescriptionSchema>;

/** The parts that samples are dealt out to. */
export const splitNameSchema = z.enum(['train', 'validation', 'test']);
export type SplitName = z.infer<typeof splitNameSchema>;

/** How many pictures of a folder have been read, while reading goes on. */
export const pictureProgressSchema = z.object({ done: z.number(), total: z.number() });
export type PictureProgress = z.infer<typeof pictureProgressSchema>;

/**
 * What a sample is, from reading to evaluation to export: the row of a table, counted from 0 over all rows of its file; the path of a
 * picture within its folder, with `/`; the number of an image that comes with Layerloom. A person reads rows and numbers from 1 on.
 */
export const sampleIdSchema = z.union([z.number().int().nonnegative(), z.string().min(1)]);
export type SampleId = z.infer<typeof sampleIdSchema>;

/** One sample to look at. */
export const sampleSchema = z.object({
  id: sampleIdSchema,
  /** Target as text: class name or number. Empty when there is none. */
  target: z.string(),
  /** Pixels row by row, channels last: values 0..1, or bytes 0..255 as base64. Large pictures come smaller than the network reads them. */
  image: z
    .object({
      height: z.number(),
      width: z.number(),
      channels: z.number(),
      pixels: z.union([z.array(z.number()), z.base64()]),
    })
    .nullable(),
  /** Path of the file a picture comes from. */
  file: z.string().optional(),
  /** Cells as in the file, by column, for tables. */
  row: z.record(z.string(), z.string()).nullable(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** Some samples of a part, and how many it has. */
export const previewSchema = z.object({ total: z.number(), samples: z.array(sampleSchema) });

/** Pixel values 0..1 of a sample's picture. */
export function pixelValues({ pixels }: NonNullable<Sample['image']>): readonly number[] {
  if (typeof pixels !== 'string') return pixels;
  return Array.from(atob(pixels), (byte) => byte.charCodeAt(0) / 255);
}
