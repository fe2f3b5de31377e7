import { type Shape, sizeOf } from '../../tensor/index.ts';

/** A tensor that can be written: float32 or int32, row by row. */
export interface WritableTensor {
  readonly shape: Shape;
  readonly data: Float32Array | Int32Array;
}

/**
 * A safetensors file, part by part: u64 little-endian header length with the JSON header, padded with spaces to a multiple of 8, then
 * the raw data in the order of the map. Float32Array is written as F32, Int32Array as I32. The parts of the data are the tensors' own
 * memory, so that a file of many gigabytes takes no more of it.
 */
export function safetensorsParts(
  tensors: ReadonlyMap<string, WritableTensor>,
  metadata: { readonly [key: string]: string } = {},
): readonly Uint8Array[] {
  const header: [string, unknown][] = [['__metadata__', metadata]];
  let offset = 0;
  for (const [name, { shape, data }] of tensors) {
    if (name === '__metadata__' || sizeOf(shape) !== data.length)
      throw new Error(`Cannot write tensor "${name}" of shape [${shape.join(', ')}] with ${data.length} elements.`);
    const dtype = data instanceof Float32Array ? 'F32' : 'I32';
    header.push([name, { dtype, shape, data_offsets: [offset, offset + data.byteLength] }]);
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const head = new Uint8Array(8 + headerLength).fill(0x20, 8);
  new DataView(head.buffer).setBigUint64(0, BigInt(headerLength), true);
  head.set(json, 8);
  return [
    head,
    ...[...tensors.values()].map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ];
}
