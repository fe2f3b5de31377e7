import { z } from 'zod';
import { ProblemError } from '../../errors.ts';
import { type Shape, sizeOf } from '../../tensor/index.ts';
import type { WeightMap } from '../weightMap.ts';
import { decodeElements, SAFETENSORS_DTYPES, type SafetensorsData, type SafetensorsDType } from './dtypes.ts';

/** The limit of the reference implementation. */
export const MAX_HEADER_BYTES = 100_000_000;

/** One tensor of a file. */
export interface Safetensor {
  /** As in the file; F16 and BF16 arrive widened to Float32Array. */
  readonly dtype: SafetensorsDType;
  readonly shape: Shape;
  readonly data: SafetensorsData;
}

/** What a safetensors file holds. */
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

type Claim = z.infer<typeof entrySchema> & { readonly name: string };

/**
 * Reads a safetensors file (https://huggingface.co/docs/safetensors). Everything the header claims is checked before any tensor is
 * made: its length, that offsets lie inside the file without overlap or holes, and that each span is as long as its shape and type
 * say. The result shares no memory with `bytes`.
 * @throws ProblemError `safetensors-invalid` (or `safetensors-dtype` for an element type JavaScript has no array for).
 */
export function readSafetensors(bytes: Uint8Array): SafetensorsFile {
  const { entries, metadata, dataStart } = readLayout(bytes, bytes.length);
  const tensors = new Map<string, Safetensor>();
  for (const entry of entries) {
    // Copied, not viewed: a span need not be aligned for its element type, and the file's buffer may be reused by its owner.
    const span = new Uint8Array(bytes.subarray(dataStart + entry.begin, dataStart + entry.end));
    tensors.set(entry.name, decode(entry, span));
  }
  return { tensors, metadata };
}

/** Where one tensor's data lies, in bytes from the start of the data part. */
export interface SafetensorsEntry {
  readonly name: string;
  readonly dtype: SafetensorsDType;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

/** Where everything lies in a safetensors file. */
export interface SafetensorsLayout {
  readonly entries: readonly SafetensorsEntry[];
  readonly metadata: SafetensorsFile['metadata'];
  /** Where the data part begins in the file. */
  readonly dataStart: number;
}

/** Bytes from the start of a file that `readLayout` needs to see, given its first 8 bytes (fewer where the file is shorter). */
export function layoutBytes(first: Uint8Array, fileLength: number): number {
  return dataStartOf(first, fileLength);
}

/**
 * What the header says of a file of `fileLength` bytes, every claim checked as by `readSafetensors`.
 * @param head its first `layoutBytes` bytes, or more
 */
export function readLayout(head: Uint8Array, fileLength: number): SafetensorsLayout {
  const dataStart = dataStartOf(head, fileLength);
  const dataLength = fileLength - dataStart;
  const claims: Claim[] = [];
  let metadata: SafetensorsFile['metadata'] = {};
  for (const [name, value] of Object.entries(parseHeader(head.subarray(8, dataStart)))) {
    if (name === '__metadata__') {
      const parsed = metadataSchema.safeParse(value);
      if (!parsed.success) throw invalid('its metadata is not a set of texts');
      metadata = parsed.data;
      continue;
    }
    const parsed = entrySchema.safeParse(value);
    if (!parsed.success)
      throw invalid(`the entry of tensor "${name}" is malformed: ${parsed.error.issues[0]?.message ?? 'unknown'}`);
    claims.push({ name, ...parsed.data });
  }
  checkSpans(claims, dataLength);
  const entries = claims.map(({ name, dtype, shape, data_offsets: [begin, end] }) => ({
    name,
    dtype: checkDType(name, dtype),
    shape,
    begin,
    end,
  }));
  return { entries, metadata, dataStart };
}

/** A tensor of the bytes its entry names, which it may keep. */
export function decode({ dtype, shape }: SafetensorsEntry, span: Uint8Array<ArrayBuffer>): Safetensor {
  return { dtype, shape, data: decodeElements(dtype, span) };
}

/** The float32 tensors of a file as weights. Others are left out. */
export function weightsOfSafetensors(file: SafetensorsFile): WeightMap {
  const weights = new Map<string, { shape: Shape; data: Float32Array }>();
  for (const [name, { shape, data }] of file.tensors)
    if (data instanceof Float32Array) weights.set(name, { shape, data });
  return weights;
}

function dataStartOf(head: Uint8Array, fileLength: number): number {
  if (head.length < 8) throw invalid(`it is ${head.length} bytes long, shorter than the 8 bytes it must begin with`);
  const claimed = new DataView(head.buffer, head.byteOffset, head.byteLength).getBigUint64(0, true);
  if (claimed > BigInt(MAX_HEADER_BYTES))
    throw invalid(`its header claims ${claimed} bytes, more than the ${MAX_HEADER_BYTES} allowed`);
  const dataStart = 8 + Number(claimed);
  if (dataStart <= fileLength) return dataStart;
  throw invalid(`its header claims ${claimed} bytes, but only ${fileLength - 8} follow: the file is cut off`);
}

function parseHeader(bytes: Uint8Array): object {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('its header is not JSON');
  }
  if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header;
  throw invalid('its header is not a JSON object');
}

/** Spans in order must follow each other exactly and fill the data part, as the reference implementation demands. */
function checkSpans(claims: readonly Claim[], dataLength: number): void {
  let previous = { name: '', end: 0 };
  const inOrder = [...claims].sort(
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
