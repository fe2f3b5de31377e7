import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../../core/errors.ts';
import {
  readSafetensors,
  safetensorsParts,
  type WritableTensor,
  weightsOfSafetensors,
} from '../../../core/formats/index.ts';

function file(header: unknown, data: Uint8Array = new Uint8Array(), claimed?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, claimed ?? BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const writeSafetensors = (tensors: ReadonlyMap<string, WritableTensor>, metadata = {}) =>
  new Uint8Array(Buffer.concat(safetensorsParts(tensors, metadata)));

function problemOf(bytes: Uint8Array): { code: string; message: string } {
  try {
    readSafetensors(bytes);
  } catch (thrown) {
    if (thrown instanceof ProblemError) return thrown.problem;
    throw thrown;
  }
  throw new Error('read without a problem');
}

const f32 = (...values: number[]) => new Uint8Array(new Float32Array(values).buffer);

describe('safetensors', () => {
  it('gives back what was written, also from an unaligned buffer', () => {
    const written = writeSafetensors(
      new Map([
        ['dense/kernel', { shape: [2, 3], data: new Float32Array([1, -2.5, 3, 1e-30, Infinity, 0]) }],
        ['step', { shape: [], data: new Int32Array([7]) }],
        ['empty', { shape: [0, 4], data: new Float32Array() }],
      ]),
      { epoch: '3' },
    );
    const shifted = new Uint8Array(written.length + 3);
    shifted.set(written, 3);
    const { tensors, metadata } = readSafetensors(shifted.subarray(3));
    expect(metadata).toEqual({ epoch: '3' });
    expect(tensors.get('dense/kernel')).toEqual({
      dtype: 'F32',
      shape: [2, 3],
      data: new Float32Array([1, -2.5, 3, 1e-30, Infinity, 0]),
    });
    expect(tensors.get('step')?.data).toEqual(new Int32Array([7]));
    expect(tensors.get('empty')?.data.length).toBe(0);
    expect([...weightsOfSafetensors(readSafetensors(written)).keys()]).toEqual(['dense/kernel', 'empty']);
  });

  it('widens half precision exactly and reads the integer types', () => {
    const data = new Uint8Array([0x00, 0x3c, 0x01, 0x00, 0x00, 0xfc, 0x80, 0xbf, 1, 0, 0xff]);
    const { tensors } = readSafetensors(
      file(
        {
          half: { dtype: 'F16', shape: [3], data_offsets: [0, 6] },
          brain: { dtype: 'BF16', shape: [1], data_offsets: [6, 8] },
          flag: { dtype: 'BOOL', shape: [2], data_offsets: [8, 10] },
          byte: { dtype: 'I8', shape: [], data_offsets: [10, 11] },
        },
        data,
      ),
    );
    expect(tensors.get('half')?.data).toEqual(new Float32Array([1, 2 ** -24, -Infinity]));
    expect(tensors.get('brain')?.data).toEqual(new Float32Array([-1]));
    expect(tensors.get('flag')?.data).toEqual(new Uint8Array([1, 0]));
    expect(tensors.get('byte')?.data).toEqual(new Int8Array([-1]));
  });

  const one = (entry: object) => ({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4], ...entry } });
  it.each([
    ['nothing at all', new Uint8Array(), /shorter than the 8 bytes/],
    ['a cut-off header', file({}, new Uint8Array(), 900n), /cut off/],
    ['an absurd header length', file({}, new Uint8Array(), 2n ** 63n), /more than the/],
    ['a header that is not JSON', file('{"a":'), /not JSON/],
    ['a header that is a list', file('[]'), /not a JSON object/],
    ['offsets beyond the end', file(one({ data_offsets: [0, 400] }), f32(1)), /data part is 4 bytes/],
    ['offsets that run backwards', file(one({ data_offsets: [4, 0] }), f32(1)), /data part is 4 bytes/],
    ['negative offsets', file(one({ data_offsets: [-4, 0] }), f32(1)), /malformed/],
    ['fractional shapes', file(one({ shape: [0.5] }), f32(1)), /malformed/],
    ['a shape that does not fit', file(one({ shape: [3] }), f32(1)), /needs 12 bytes, but has 4/],
    ['a shape that overflows', file(one({ shape: [2 ** 52, 2 ** 52] }), f32(1)), /needs/],
    ['metadata that is not text', file({ __metadata__: { a: 1 } }), /metadata/],
    ['data that no tensor claims', file(one({}), f32(1, 2)), /last 4 bytes/],
    [
      'overlapping tensors',
      file({ ...one({}), b: { dtype: 'I32', shape: [1], data_offsets: [2, 6] } }, f32(1, 2)),
      /overlap at byte 2/,
    ],
    [
      'holes between tensors',
      file({ ...one({}), b: { dtype: 'I32', shape: [1], data_offsets: [8, 12] } }, f32(1, 2, 3)),
      /bytes 4 to 8 belong to no tensor/,
    ],
  ])('refuses %s', (_, bytes, message) => {
    const problem = problemOf(bytes);
    expect(problem.code).toBe('safetensors-invalid');
    expect(problem.message).toMatch(message);
  });

  it('names the element type it cannot read', () => {
    expect(problemOf(file(one({ dtype: 'F8_E4M3' }), f32(1)))).toMatchObject({
      code: 'safetensors-dtype',
      facts: { tensor: 'a', dtype: 'F8_E4M3' },
    });
  });
});
