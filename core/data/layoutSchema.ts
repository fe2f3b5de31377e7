import { z } from 'zod';
import type { DataLayout } from '../document/index.ts';

const featureLayoutSchema = z.discriminatedUnion('kind', [
  z.object({
    name: z.string(),
    kind: z.literal('numeric'),
    subtract: z.number(),
    divide: z.number(),
    fill: z.number().nullable(),
  }),
  z.object({
    name: z.string(),
    kind: z.literal('categorical'),
    values: z.array(z.string()),
    fill: z.string().nullable(),
  }),
]);

const tableLayoutSchema = z.object({
  kind: z.literal('table'),
  path: z.string().nullable(),
  encoding: z.enum(['utf-8', 'utf-16', 'windows-1252']),
  columns: z.array(
    z.object({ name: z.string(), unit: z.string(), spellings: z.array(z.tuple([z.string(), z.string()])) }),
  ),
  separator: z.string(),
  quote: z.string(),
  skip: z.number(),
  comment: z.string(),
  heading: z.boolean(),
  decimal: z.enum(['.', ',']),
  thousands: z.enum(['', ',', '.', ' ', "'"]),
  parentheses: z.boolean(),
  magnitudes: z.record(z.string(), z.number()).nullable(),
  missing: z.array(z.string()).nullable(),
  longMinus: z.boolean(),
  blanksBeforeQuotes: z.boolean(),
  features: z.array(featureLayoutSchema),
  targets: z.array(z.object({ field: z.string(), column: z.string(), classes: z.array(z.string()).nullable() })),
});

const folderLayoutSchema = z.object({
  kind: z.literal('pictures'),
  path: z.string(),
  classes: z.array(z.string()),
  parts: z.array(z.object({ folder: z.string(), part: z.enum(['train', 'validation', 'test']) })),
  endings: z.array(z.string()),
  leftOut: z.array(z.string()),
  form: z.object({
    height: z.number(),
    width: z.number(),
    channels: z.literal([1, 3]),
    fit: z.enum(['stretch', 'crop']),
  }),
  fractions: z.object({ validation: z.number(), test: z.number() }),
});

/** A `DataLayout` of core/document, on its way from who read the data to who writes code. */
export const dataLayoutSchema: z.ZodType<DataLayout> = z.discriminatedUnion('kind', [
  tableLayoutSchema,
  folderLayoutSchema,
]);
