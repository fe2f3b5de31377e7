import { ProblemError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import type { Shape } from '../tensor/index.ts';
import { missingTest } from './csv/cells.ts';
import { MAX_FLOAT32 } from './csv/numberFormat.ts';
import { numberReader } from './csv/numberReader.ts';
import { resizeBilinear } from './image/resizeBilinear.ts';
import {
  type FeatureColumn,
  featureWidth,
  type ImageScaler,
  type Scaler,
  scalerSchema,
  type TableScaler,
} from './scaler.ts';

/** Values of one field for several samples, sample after sample. `shape` is that of one sample. */
export interface FieldData {
  readonly data: Float32Array;
  readonly shape: Shape;
}

/** Brings raw samples to the form the network reads, by field. */
export type Preprocess = (inputs: readonly JsonValue[]) => Record<string, FieldData>;

/**
 * What turns new samples into what the network reads, exactly as its training data were.
 *
 * Tables: each sample is `{column: value}` with the values as in the file, or an array of them in column order. Images: numbers
 * in the source's own range (digits: 0..16), nested or flat, in the source's size or in the size the network reads.
 * @param scaler what `LoadedDataset.scaler` or a run's `data.json` holds
 * @throws ProblemError `predict-input` (from the returned function) that names the sample and the value
 */
export function createPreprocess(scaler: Scaler): Preprocess {
  return scaler.kind === 'table'
    ? (inputs) => preprocessRows(scaler, inputs)
    : (inputs) => preprocessImages(scaler, inputs);
}

/** `createPreprocess` for a scaler that comes from a file. */
export function restorePreprocess(json: unknown): Preprocess {
  const parsed = scalerSchema.safeParse(json);
  if (!parsed.success) {
    throw new ProblemError({
      code: 'scaler-broken',
      title: 'Unreadable scaling',
      message:
        'The record of how this model’s training data were scaled is damaged, so new samples cannot be prepared for it. Train the design again.',
    });
  }
  return createPreprocess(parsed.data);
}

function preprocessRows(scaler: TableScaler, inputs: readonly JsonValue[]): Record<string, FieldData> {
  const { columns } = scaler;
  const width = featureWidth(columns);
  const data = new Float32Array(width * inputs.length);
  const readers = columns.map((column) => cellReader(column, scaler));
  for (const [i, input] of inputs.entries()) {
    let offset = i * width;
    const cells = cellsOf(input, columns, i);
    for (const [c, column] of columns.entries()) {
      offset = encodeCell(column, readers[c]?.(cells[c] ?? null, i) ?? '', data, offset);
    }
  }
  return { [scaler.input]: { data, shape: [width] } };
}

/** Writes one encoded cell and returns the offset behind it. */
export function encodeCell(column: FeatureColumn, value: number | string, data: Float32Array, offset: number): number {
  if (column.kind === 'numeric') {
    data[offset] = (Number(value) - column.subtract) / column.divide;
    return offset + 1;
  }
  const index = column.values.indexOf(String(value));
  if (index >= 0) data[offset + index] = 1;
  return offset + column.values.length;
}

function cellsOf(input: JsonValue, columns: readonly FeatureColumn[], sample: number): readonly JsonValue[] {
  if (isList(input)) {
    if (input.length !== columns.length) {
      throw inputProblem(
        sample,
        `has ${input.length} values, but the model reads ${columns.length}: ${names(columns)}`,
      );
    }
    return input;
  }
  if (typeof input !== 'object' || input === null) {
    if (columns.length === 1) return [input];
    throw inputProblem(sample, `is ${JSON.stringify(input)}, not an object with the columns ${names(columns)}`);
  }
  return columns.map((column) => (Object.hasOwn(input, column.name) ? (input[column.name] ?? null) : null));
}

/** Reads a new sample's value for one column as the training data were read. */
function cellReader(column: FeatureColumn, scaler: TableScaler): (value: JsonValue, sample: number) => number | string {
  const { decimalComma, thousands = '', parentheses, magnitudes, missing } = scaler;
  const isMissing = missingTest(missing ?? null);
  const unit = (column.kind === 'numeric' ? column.unit : undefined) ?? '';
  const markers = (column.kind === 'numeric' ? column.missing : undefined) ?? [];
  const read = numberReader({
    decimal: decimalComma ? ',' : '.',
    thousands,
    unit,
    ...(parentheses === true && { parentheses }),
    ...(magnitudes === true && { magnitudes }),
  });
  return (value, sample) => {
    const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
    if (isMissing(text) || markers.includes(text)) {
      if (column.fill !== null) return column.fill;
      throw inputProblem(sample, `has no value for “${column.name}”, and the model was trained on complete rows only`);
    }
    const number = typeof value !== 'number' ? read(text) : Math.abs(value) <= MAX_FLOAT32 ? value : Number.NaN;
    if (column.kind === 'numeric') {
      if (!Number.isNaN(number)) return number;
      throw inputProblem(sample, `has “${text}” for “${column.name}”, which is not a finite number`);
    }
    const category = sameCategory(column.values, text, number, read);
    if (category !== undefined) return category;
    throw inputProblem(
      sample,
      `has “${text}” for “${column.name}”, a value that the training data do not have. It knows: ${column.values.slice(0, 20).join(', ')}`,
    );
  };
}

/** The category as the training data spell it: 2, `2` and `2.0` are one number; blanks within a text may differ. */
function sameCategory(
  values: readonly string[],
  text: string,
  number: number,
  read: (text: string) => number,
): string | undefined {
  if (values.includes(text)) return text;
  const code = /^[+-]?0\d/;
  if (!Number.isNaN(number) && !code.test(text)) return values.find((one) => read(one) === number && !code.test(one));
  const plain = (one: string): string => one.replace(/\s+/g, ' ');
  return values.find((one) => plain(one) === plain(text));
}

function preprocessImages(scaler: ImageScaler, inputs: readonly JsonValue[]): Record<string, FieldData> {
  const { height, width, channels, maximum, resize } = scaler;
  const [outHeight, outWidth] = resize ?? [height, width];
  const size = outHeight * outWidth * channels;
  const sourceSize = height * width * channels;
  const data = new Float32Array(size * inputs.length);
  for (const [i, input] of inputs.entries()) {
    const pixels: number[] = [];
    collectNumbers(input, pixels, i, 0);
    if (pixels.length !== size && pixels.length !== sourceSize) {
      const sizes = resize === null ? '' : `, or ${height}×${width}×${channels} = ${sourceSize}`;
      throw inputProblem(
        i,
        `has ${pixels.length} numbers, but an image is ${outHeight}×${outWidth}×${channels} = ${size}${sizes}`,
      );
    }
    const image = pixels.length === size ? pixels : resizeBilinear(pixels, scaler, outHeight, outWidth);
    for (let p = 0; p < size; p++) data[i * size + p] = (image[p] ?? 0) / maximum;
  }
  return { [scaler.input]: { data, shape: [outHeight, outWidth, channels] } };
}

function collectNumbers(value: JsonValue, into: number[], sample: number, depth: number): void {
  if (typeof value === 'number' && Number.isFinite(value)) {
    into.push(value);
  } else if (isList(value) && depth < 8) {
    for (const item of value) collectNumbers(item, into, sample, depth + 1);
  } else {
    throw inputProblem(sample, `has ${JSON.stringify(value)?.slice(0, 60)} where a pixel’s number should be`);
  }
}

/** `Array.isArray` does not tell a readonly array from an object to the type checker. */
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function names(columns: readonly FeatureColumn[]): string {
  return columns.length <= 20
    ? columns.map((column) => column.name).join(', ')
    : `${columns
        .slice(0, 19)
        .map((column) => column.name)
        .join(', ')}, … ${columns.length} in all`;
}

function inputProblem(sample: number, what: string): ProblemError {
  return new ProblemError({
    code: 'predict-input',
    title: 'Unusable input',
    message: `Sample ${sample + 1} ${what}.`,
    facts: { sample },
  });
}
