import { z } from 'zod';
import { ProblemError } from '../../errors.ts';
import { type Shape, sizeOf } from '../../tensor/index.ts';
import type { WeightMap } from '../weightMap.ts';
import { MAX_HEADER_BYTES } from './detect.ts';
import { decodeElements, SAFETENSORS_DTYPES, type SafetensorsData, type SafetensorsDType } from './dtypes.ts';

export interface Safetensor {
  /** As in the file; F16 and BF16 arrive widened to Float32Array. */
  readonly dtype: SafetensorsDType;
  readonly shape: Shape;
  readonly data: SafetensorsData;
}

export interface SafetensorsFile {
  readonly tensors: ReadonlyMap<string, Safetensor>;
  readonly metadata: { readonly [key: string]: string };
}

const count = z.number().int().nonnegative();
const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(count).max(64),
  data_offsets: z.tuple([count, count]),
});
const metadataSchema = z.record(z.string(), z.string());

type Entry = z.infer<typeof entrySchema> & { readonly name: string };

/**
 * Reads a safetensors file (https://huggingface.co/docs/safetensors). Everything the header claims is checked before any tensor is
 * made: its length, that offsets lie inside the file without overlap or holes, and that each span is as long as its shape and type
 * say. The result shares no memory with `bytes`.
 * @throws ProblemError `safetensors-invalid` (or `safetensors-dtype` for an element type JavaScript has no array for).
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { header, dataStart } = readHeader(bytes);
  const dataLength = bytes.length - dataStart;
  const entries: Entry[] = [];
  let metadata: SafetensorsFile['metadata'] = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      const parsed = metadataSchema.safeParse(value);
      if (!parsed.success) throw invalid('its metadata is not a set of texts');
      metadata = parsed.data;
      continue;
    }
    const parsed = entrySchema.safeParse(value);
    if (!parsed.success)
      throw invalid(`the entry of tensor "${name}" is malformed: ${parsed.error.issues[0]?.message ?? 'unknown'}`);
    entries.push({ name, ...parsed.data });
  }
  checkSpans(entries, dataLength);
  const tensors = new Map<string, Safetensor>();
  for (const { name, dtype, shape, data_offsets } of entries) {
    const type = checkDType(name, dtype);
    const [begin, end] = data_offsets;
    // Copied, not viewed: a span need not be aligned for its element type, and the file's buffer may be reused by its owner.
    const span = new Uint8Array(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, { dtype: type, shape, data: decodeElements(type, span) });
  }
  return { tensors, metadata };
}

/** The float32 tensors of a file as weights. Others are left out. */
export function weightsOfSafetensors(file: SafetensorsFile): WeightMap {
  const weights = new Map<string, { shape: Shape; data: Float32Array }>();
  for (const [name, { shape, data }] of file.tensors)
    if (data instanceof Float32Array) weights.set(name, { shape, data });
  return weights;
}

function readHeader(bytes: Uint8Array): { header: object; dataStart: number } {
  if (bytes.length < 8) throw invalid(`it is ${bytes.length} bytes long, shorter than the 8 bytes it must begin with`);
  const claimed = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true);
  if (claimed > BigInt(MAX_HEADER_BYTES))
    throw invalid(`its header claims ${claimed} bytes, more than the ${MAX_HEADER_BYTES} allowed`);
  const dataStart = 8 + Number(claimed);
  if (dataStart > bytes.length)
    throw invalid(`its header claims ${claimed} bytes, but only ${bytes.length - 8} follow: the file is cut off`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart));
    const header: unknown = JSON.parse(text);
    if (typeof header === 'object' && header !== null && !Array.isArray(header)) return { header, dataStart };
  } catch {
    throw invalid('its header is not JSON');
  }
  throw invalid('its header is not a JSON object');
}

/** Spans in order must follow each other exactly and fill the data part, as the reference implementation demands. */
function checkSpans(entries: readonly Entry[], dataLength: number): void {
  let previous = { name: '', end: 0 };
  const inOrder = [...entries].sort(
    (a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  for (const { name, dtype, shape, data_offsets } of inOrder) {
    const [begin, end] = data_offsets;
    if (end < begin || end > dataLength)
      throw invalid(`tensor "${name}" claims bytes ${begin} to ${end}, but the data part is ${dataLength} bytes long`);
    if (begin < previous.end) throw invalid(`tensors "${previous.name}" and "${name}" overlap at byte ${begin}`);
    if (begin > previous.end) throw invalid(`bytes ${previous.end} to ${begin} belong to no tensor`);
    const wanted = sizeOf(shape) * SAFETENSORS_DTYPES[checkDType(name, dtype)];
    if (wanted !== end - begin)
      throw invalid(
        `tensor "${name}" of shape [${shape.join(', ')}] and type ${dtype} needs ${wanted} bytes, but has ${end - begin}`,
      );
    previous = { name, end };
  }
  if (previous.end !== dataLength) throw invalid(`its last ${dataLength - previous.end} bytes belong to no tensor`);
}

function checkDType(name: string, dtype: string): SafetensorsDType {
  if (Object.hasOwn(SAFETENSORS_DTYPES, dtype)) return dtype as SafetensorsDType;
  throw new ProblemError({
    code: 'safetensors-dtype',
    title: 'Element type',
    message: `Tensor "${name}" has the element type "${dtype}", which cannot be read here. Types that can: ${Object.keys(SAFETENSORS_DTYPES).join(', ')}.`,
    facts: { tensor: name, dtype },
  });
}

function invalid(why: string): ProblemError {
  return new ProblemError({
    code: 'safetensors-invalid',
    title: 'Weights file',
    message: `This is not a valid safetensors file: ${why}. Copy or export it again.`,
  });
}
