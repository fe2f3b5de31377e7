import { z } from 'zod';
import type { DeepReadonly } from './schema.ts';

/** One feature column of a table, in the order of the network's inputs. */
const featureSchema = z.discriminatedUnion('kind', [
  z.object({
    name: z.string(),
    kind: z.literal('numeric'),
    /** value -> (value - subtract) / divide, as found among the training rows. */
    subtract: z.number(),
    divide: z.number(),
    /** What stands in for no value; null where rows without one are left out. */
    fill: z.number().nullable(),
  }),
  z.object({
    name: z.string(),
    kind: z.literal('categorical'),
    /** Its one-hot columns in order. */
    values: z.array(z.string()),
    fill: z.string().nullable(),
  }),
]);

const targetSchema = z.object({
  /** Field of the dataset. */
  field: z.string(),
  column: z.string(),
  /** Class names in index order; null for regression. */
  classes: z.array(z.string()).nullable(),
});

/** How the cells of one column are written. */
const columnSchema = z.object({
  /** Made up where the file names none. */
  name: z.string(),
  /** What stands before or behind its numbers; `''`: nothing. */
  unit: z.string(),
  /** Which text of a category stands for which other: [from, to]. */
  spellings: z.array(z.tuple([z.string(), z.string()]).readonly()),
});

const tableSchema = z.object({
  kind: z.literal('table'),
  /** Absolute path of the person's own file; null for a table that comes with Layerloom. */
  path: z.string().nullable(),
  encoding: z.enum(['utf-8', 'utf-16', 'windows-1252']),
  /** In file order. */
  columns: z.array(columnSchema),
  /** Between cells; a blank stands for any number of blanks. */
  separator: z.string(),
  quote: z.string(),
  /** Rows before the heading or the data; empty lines do not count. */
  skip: z.number(),
  /** Rows that begin with this are no data; `''`: there are none. */
  comment: z.string(),
  /** Whether the first row holds names. */
  heading: z.boolean(),
  decimal: z.enum(['.', ',']),
  /** What groups digits; `''`: nothing. */
  thousands: z.enum(['', ',', '.', ' ', "'"]),
  /** Numbers in parentheses are negative. */
  parentheses: z.boolean(),
  /** Letters behind numbers that stand for powers of ten; null: none do. */
  magnitudes: z.record(z.string(), z.number()).nullable(),
  /** Texts that stand for no value in place of the usual ones; null: the usual ones. */
  missing: z.array(z.string()).nullable(),
  /** Some number has the minus sign of typesetting (U+2212). */
  longMinus: z.boolean(),
  /** Blanks stand between a separator and a quotation mark. */
  blanksBeforeQuotes: z.boolean(),
  features: z.array(featureSchema),
  targets: z.array(targetSchema),
});

const folderSchema = z.object({
  kind: z.literal('pictures'),
  /** Absolute path. */
  path: z.string(),
  /** Class folders in the order of their numbers. */
  classes: z.array(z.string()),
  /** Folders that stand for parts, in the order in which a class's pictures are listed; empty where fractions alone decide. */
  parts: z.array(z.object({ folder: z.string(), part: z.enum(['train', 'validation', 'test']) })),
  /** Endings, in lower case, of the files to read: the usual ones, and any other that a usable picture has. */
  endings: z.array(z.string()),
  /** Files, relative to the folder and with `/`, that end so and are none that can be used. */
  leftOut: z.array(z.string()),
  form: z.object({
    height: z.number(),
    width: z.number(),
    channels: z.literal([1, 3]),
    fit: z.enum(['stretch', 'crop']),
  }),
  /** The fractions that are dealt out: 0 for a part that has a folder. */
  fractions: z.object({ validation: z.number(), test: z.number() }),
});

/** How data in files are laid out, on its way from `core/data`, which finds it while it reads them, to writers of code. */
export const dataLayoutSchema: z.ZodType<DataLayout> = z.discriminatedUnion('kind', [tableSchema, folderSchema]);

/** How the file of a table is written, and what its columns mean: what another program needs to read it alike. */
export type TableLayout = DeepReadonly<z.infer<typeof tableSchema>>;
/** One feature column of a table. */
export type FeatureLayout = TableLayout['features'][number];
/** One target column of a table. */
export type TargetLayout = TableLayout['targets'][number];
/** Where pictures are and what is made of them: what another program needs to read a folder alike. */
export type FolderLayout = DeepReadonly<z.infer<typeof folderSchema>>;
export type DataLayout = TableLayout | FolderLayout;
