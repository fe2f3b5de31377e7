import { z } from 'zod';
import { settingsSchema } from '../params/index.ts';
import { pathFor } from '../pathSchema.ts';
import {
  CLIPPINGS,
  type ClippingName,
  OPTIMIZERS,
  type OptimizerName,
  SCHEDULES,
  type ScheduleName,
} from '../training/index.ts';

/**
 * The document: what a `.loom` file holds and every edit acts on. Immutable JSON. Selection, viewport, measured sizes and
 * run results are never in it. Objects are loose: keys this version does not know survive load and save.
 */
export const DOCUMENT_FORMAT = 'layerloom';
/** The version of the file format that is written. Older files are migrated, newer ones refused. */
export const DOCUMENT_VERSION = 1;

const ID = /^[^\p{Cc}]{1,64}$/u;

/** Whether a text can be the id of a graph, a layer or a wire. */
export const isId = (text: string): boolean => text.length <= 64 && ID.test(text);

const id = z.string().max(64).regex(ID, 'expected 1 to 64 characters, none of them a control character');

/** Layer names become variable names in exported code, and path parts in weight files. */
export const LAYER_NAME_PATTERN = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

const jsonValue = z.json();

/** A layer or block on the canvas. */
export const layerNodeSchema = z.looseObject({
  id,
  /** Catalogue type, e.g. `Conv2D`. A type the catalogue does not know is kept as it is and shown as opaque. */
  type: z.string().min(1).max(64),
  /** Version of that layer's parameter set. */
  typeVersion: z.number().int().positive(),
  name: z.string().max(64),
  params: z.record(z.string(), jsonValue),
  position: z.object({ x: z.number(), y: z.number() }),
});

/** A wire from an output port to an input port. */
export const edgeSchema = z.looseObject({
  id,
  source: id,
  sourcePort: z.string(),
  target: id,
  targetPort: z.string(),
  /** Position among the wires of one `many` port (Concatenate keeps this order). 0 elsewhere. */
  order: z.number().int().nonnegative(),
});

/** What a block's parameter may be. */
export const BLOCK_PARAMETER_KINDS = ['integer', 'number', 'choice', 'flag', 'initializer', 'activation'] as const;
export type BlockParameterKind = (typeof BLOCK_PARAMETER_KINDS)[number];

/** A value that a definition leaves to its uses. Inside it, `=name` stands for it as the value of a layer's parameter. */
export const blockParameterSchema = z.looseObject({
  /** One of `BLOCK_PARAMETER_KINDS`. Absent, or of a newer version: as its default is. */
  kind: z.string().max(64).optional(),
  default: jsonValue,
  label: z.string().max(200).optional(),
  help: z.string().max(2000).optional(),
  /** Bounds of a number, inclusive. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** What a choice offers. */
  options: z.array(z.string().min(1).max(64)).max(100).optional(),
  /** Place among the parameters. */
  order: z.number().optional(),
});

/** A graph: the network itself, or the definition of a block. */
export const graphSchema = z.looseObject({
  id,
  /** What a block definition is called. */
  name: z.string().max(200).optional(),
  /** What it is for, in plain text. */
  doc: z.string().max(5000).optional(),
  /** The colour of its icon: an angle of the colour wheel in degrees. */
  hue: z.number().min(0).max(360).optional(),
  /** Where it comes from: a paper, as a rule. */
  source: z.looseObject({ label: z.string().max(300), url: z.string().max(2000) }).optional(),
  /** A definition's parameters, by name. */
  parameters: z.record(z.string(), blockParameterSchema).optional(),
  nodes: z.record(z.string(), layerNodeSchema),
  edges: z.record(z.string(), edgeSchema),
});

/** What a column of a table is for. `text` columns and `ignore` stay out of training. */
export const columnRoleSchema = z.enum(['feature', 'target', 'ignore']);
/** What the cells of a column are. */
export const columnKindSchema = z.enum(['numeric', 'categorical']);
/** What a design says of a column. */
export const columnSettingsSchema = z.looseObject({
  role: columnRoleSchema,
  kind: columnKindSchema,
});

/** How a CSV file is written. What is not given is found from the file. */
export const tableFormatSchema = z.looseObject({
  /** Between cells; a blank stands for any number of blanks. */
  separator: z.string().length(1).optional(),
  /** Around cells that hold separators or line ends. */
  quote: z.enum(['"', "'"]).optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** What groups digits; empty: nothing. A blank stands for the no-break and thin ones too. */
  thousands: z.enum(['', ',', '.', ' ', "'"]).optional(),
  /** Whether numbers in parentheses are negative: `(5)` is −5. */
  parentheses: z.boolean().optional(),
  /** Whether letters behind numbers stand for powers of ten: `5k` is 5,000, `1.2M` 1,200,000. */
  magnitudes: z.boolean().optional(),
  /** Signs and units that are taken off numbers (`€`, `%`, `kg`), in place of those found. None: there are none. */
  units: z.array(z.string().trim().min(1).max(40)).max(50).optional(),
  /** Whether the first row holds the names of the columns. */
  heading: z.boolean().optional(),
  /** Rows before the heading (empty lines do not count). */
  skip: z.number().int().min(0).max(100_000).optional(),
  /** Texts that stand for no value, in place of the usual ones. The empty cell always does. */
  missing: z.array(z.string().max(200)).max(100).optional(),
});

/** Where the samples come from. */
export const dataSourceSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('none') }),
  z.looseObject({ kind: z.literal('builtin'), id: z.enum(['digits', 'iris', 'penguins', 'xor']) }),
  z.looseObject({
    kind: z.literal('csv'),
    /** Absolute, or relative to the document's folder. */
    path: pathFor('table'),
    /** By column name. Columns not named here get the role and kind inferred from the file. */
    columns: z.record(z.string(), columnSettingsSchema),
    missing: z.enum(['dropRow', 'meanOrMode', 'error']),
    format: tableFormatSchema.optional(),
  }),
  z.looseObject({
    /** Pictures on disk, one folder a class; the class folders may lie in folders train, validation and test. */
    kind: z.literal('imageFolder'),
    /** Absolute, or relative to the document's folder. */
    path: pathFor('pictures'),
    /** What the network reads of each pixel: red, green and blue, or one grey value. */
    channels: z.enum(['colour', 'grey']),
    /** How a picture of another shape becomes one of the size asked for: `stretch` its sides, or `crop` what sticks out, around the middle. */
    fit: z.enum(['stretch', 'crop']),
  }),
]);

/** The data of a design: where from, how dealt out, how prepared. */
export const dataSettingsSchema = z.looseObject({
  source: dataSourceSchema,
  /** Numeric features: `standardise` to mean 0, variance 1 with statistics of the training part only. Images are divided by their maximum. */
  scaling: z.enum(['none', 'standardise', 'minmax']),
  /**
   * Numbers to be predicted: `standardise` trains on mean 0, variance 1 by the training part, undone in the weights that are kept.
   * Absent in designs of before: as they are.
   */
  targetScaling: z.enum(['none', 'standardise']).optional(),
  /** Resize image samples to [height, width] (bilinear), or null to keep their own size (picture folders of mixed sizes: 64×64). */
  resize: z.tuple([z.number().int().min(1).max(1024), z.number().int().min(1).max(1024)]).nullable(),
  /** Fractions of the samples; training gets the rest. */
  split: z.looseObject({
    validation: z.number().min(0).max(0.9),
    test: z.number().min(0).max(0.9),
    stratify: z.boolean(),
    seed: z.number().int().min(0).max(0xffffffff),
  }),
});

/** What can train, in the order in which an automatic choice prefers them. */
export const BACKEND_NAMES = ['tensorflow', 'webgpu', 'wasm', 'cpu'] as const;

/** How a design is trained. */
export const trainingSettingsSchema = z.looseObject({
  optimizer: settingsSchema<(typeof OPTIMIZERS)[OptimizerName]>(OPTIMIZERS),
  learningRate: z.number().positive().max(100),
  /** How the learning rate changes over the run. Absent: not at all. */
  schedule: settingsSchema<(typeof SCHEDULES)[ScheduleName]>(SCHEDULES).optional(),
  /** What becomes of gradients that are too large. Absent: nothing. */
  clipping: settingsSchema<(typeof CLIPPINGS)[ClippingName]>(CLIPPINGS).optional(),
  batchSize: z.number().int().min(1).max(1_000_000),
  epochs: z.number().int().min(1).max(1_000_000),
  /** Initial weights, shuffling and dropout all follow from this number. */
  seed: z.number().int().min(0).max(0xffffffff),
  shuffle: z.boolean(),
  backend: z.enum(['auto', ...BACKEND_NAMES]),
});

/** What a `.loom` file of this version holds. */
export const documentSchema = z.looseObject({
  format: z.literal(DOCUMENT_FORMAT),
  version: z.literal(DOCUMENT_VERSION),
  /** Which document this is (identity.ts). Files of older versions have none until they are saved. */
  id: id.optional().catch(undefined),
  name: z.string().max(200),
  root: id,
  graphs: z.record(z.string(), graphSchema),
  data: dataSettingsSchema,
  training: trainingSettingsSchema,
  /** Never in a file: choices of a newer version that were set aside on reading and go back to their place on writing. */
  unknownSettings: z.array(z.strictObject({ path: z.array(z.string()).min(2).max(8), value: jsonValue })).optional(),
});

/** The same data, to read and hand on only: what documents and messages are once they are made. */
export type DeepReadonly<T> = T extends (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

export type LoomDocument = DeepReadonly<z.infer<typeof documentSchema>>;
export type BlockParameter = DeepReadonly<z.infer<typeof blockParameterSchema>>;
export type Graph = DeepReadonly<z.infer<typeof graphSchema>>;
export type LayerNode = DeepReadonly<z.infer<typeof layerNodeSchema>>;
export type Edge = DeepReadonly<z.infer<typeof edgeSchema>>;
export type DataSettings = DeepReadonly<z.infer<typeof dataSettingsSchema>>;
export type DataSource = DataSettings['source'];
export type TableFormat = DeepReadonly<z.infer<typeof tableFormatSchema>>;
export type ColumnSettings = DeepReadonly<z.infer<typeof columnSettingsSchema>>;
export type TrainingSettings = DeepReadonly<z.infer<typeof trainingSettingsSchema>>;
