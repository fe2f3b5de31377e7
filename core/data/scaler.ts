import { z } from 'zod';

/**
 * How raw values become what the network reads, as plain JSON: it is kept beside a run's weights (`data.json`), so that a model
 * goes on reading samples the way it was trained, even when the file it learnt from is gone.
 */
const numericColumn = z.object({
  name: z.string(),
  kind: z.literal('numeric'),
  /** value -> (value - subtract) / divide */
  subtract: z.number(),
  divide: z.number(),
  /** Stands in for a missing value, before scaling; null where missing values are not allowed. */
  fill: z.number().nullable(),
  /** Text before or behind the number that is taken off; absent where there is none. */
  unit: z.string().optional(),
  /** Texts found to stand for no value among the numbers, beside the usual ones. */
  missing: z.array(z.string()).optional(),
});

const categoricalColumn = z.object({
  name: z.string(),
  kind: z.literal('categorical'),
  /** One-hot columns in this order. */
  values: z.array(z.string()),
  fill: z.string().nullable(),
});

export const featureColumnSchema = z.discriminatedUnion('kind', [numericColumn, categoricalColumn]);
export type FeatureColumn = z.infer<typeof featureColumnSchema>;

export const targetSchema = z.object({
  /** Field of the dataset. */
  field: z.string(),
  /** Column it comes from. */
  column: z.string(),
  /** Class names in index order; null for regression. */
  classes: z.array(z.string()).nullable(),
});
export type Target = z.infer<typeof targetSchema>;

/** How raw values become what the network reads. */
export const scalerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('table'),
    input: z.string(),
    columns: z.array(featureColumnSchema),
    targets: z.array(targetSchema),
    decimalComma: z.boolean(),
    /** What groups digits; absent: nothing. */
    thousands: z.enum([',', '.', ' ', "'"]).optional(),
    /** Numbers in parentheses are negative; absent: they are not. */
    parentheses: z.boolean().optional(),
    /** Letters behind numbers stand for powers of ten; absent: they do not. */
    magnitudes: z.boolean().optional(),
    /** Texts that stand for no value in place of the usual ones. */
    missing: z.array(z.string()).optional(),
  }),
  z.object({
    kind: z.literal('image'),
    input: z.string(),
    /** Images as in the source. */
    height: z.number(),
    width: z.number(),
    channels: z.number(),
    /** Pixels are divided by this. */
    maximum: z.number(),
    resize: z.tuple([z.number(), z.number()]).nullable(),
    /** How picture files are brought to that size; absent where the samples were no files. */
    fit: z.enum(['stretch', 'crop']).optional(),
    targets: z.array(targetSchema),
  }),
]);
export type Scaler = z.infer<typeof scalerSchema>;
export type TableScaler = Extract<Scaler, { kind: 'table' }>;
export type ImageScaler = Extract<Scaler, { kind: 'image' }>;

/** Floats one sample's features take up. */
export function featureWidth(columns: readonly FeatureColumn[]): number {
  return columns.reduce((width, column) => width + (column.kind === 'numeric' ? 1 : column.values.length), 0);
}
