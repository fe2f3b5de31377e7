import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { unpackWheel } from '../../../core/engine/install/unpack.ts';

const folder = mkdtempSync(join(tmpdir(), 'layerloom-wheels-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const LIBRARY = 'tensorflow/libtensorflow_cc.so.2';
let target = '';
let count = 0;
beforeEach(() => {
  target = join(folder, `out${count++}`);
});

async function unpack(zip: Uint8Array, limit = 1e7, signal = new AbortController().signal): Promise<void> {
  const path = join(folder, `${count}.whl`);
  writeFileSync(path, zip);
  await unpackWheel(path, target, signal, limit);
}
const wheel = (files: Zippable) => zipSync(files);
const noise = (bytes: number) => new Uint8Array(randomBytes(bytes));

it('unpacks what is wanted, stored or deflated, across the pieces it is read in, and nothing else', async () => {
  const [large, text] = [noise(1_000_001), strToU8('#define TF '.repeat(1000))];
  await unpack(
    wheel({
      'tensorflow/python/huge.so': noise(700_000),
      [LIBRARY]: [large, { level: 0 }],
      'tensorflow/include/tensorflow/c/c_api.h': text,
      'nvidia/cudnn/lib/libcudnn.so.9': large,
      'nvidia/cuda_nvcc/bin/ptxas': strToU8('program'),
      'nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc': new Uint8Array(),
    }),
  );
  const file = (name: string) => join(target, name);
  expect(readFileSync(file(LIBRARY)).equals(large)).toBe(true);
  expect(readFileSync(file('nvidia/cudnn/lib/libcudnn.so.9')).equals(large)).toBe(true);
  expect(readFileSync(file('tensorflow/include/tensorflow/c/c_api.h')).equals(text)).toBe(true);
  expect(readFileSync(file('nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc'))).toHaveLength(0);
  expect(existsSync(file('tensorflow/python'))).toBe(false);
  const mode = (name: string) => statSync(file(name)).mode & 0o111;
  expect([mode('nvidia/cuda_nvcc/bin/ptxas') > 0, mode(LIBRARY)]).toEqual([true, 0]);
});

it.each([
  '../outside.so',
  'nvidia/../../outside.so',
  '/nvidia/outside.so',
  'nvidia\\..\\..\\outside.so',
  'C:/outside.so',
])('refuses a wheel with the path %s', async (name) => {
  await expect(unpack(wheel({ [name]: strToU8('no') }))).rejects.toThrow(`invalid relative path: ${name}`);
  expect(existsSync(join(folder, 'outside.so'))).toBe(false);
});

it('stops at the limit, whatever a bomb of zeros says of its size', async () => {
  const bomb = wheel({ [LIBRARY]: new Uint8Array(30_000_000) });
  expect(bomb.length).toBeLessThan(100_000);
  await expect(unpack(bomb, 1_000_000)).rejects.toThrow('is larger than anything');
  // The size in its header does not count: what comes out does.
  new DataView(bomb.buffer).setUint32(22, 5, true);
  await expect(unpack(bomb, 1_000_000)).rejects.toThrow('is larger than anything');
  expect(existsSync(join(target, LIBRARY)) ? statSync(join(target, LIBRARY)).size : 0).toBeLessThan(1_000_001);
});

it('refuses what is cut off, damaged, or no zip', async () => {
  const whole = wheel({ [LIBRARY]: noise(500_000) });
  await expect(unpack(whole.subarray(0, 300_000))).rejects.toThrow();
  await expect(unpack(strToU8('<html>Not found</html>'))).rejects.toThrow('no zip archive');
  const damaged = wheel({ [LIBRARY]: strToU8('some text, '.repeat(1000)) });
  damaged.fill(0xff, 70, 100);
  await expect(unpack(damaged)).rejects.toThrow();
});

it('ends at once when it is cancelled', async () => {
  await expect(unpack(wheel({ [LIBRARY]: noise(100_000) }), 1e7, AbortSignal.abort())).rejects.toThrow(/abort/);
});
