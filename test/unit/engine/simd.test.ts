import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { builtFile } from '../../../core/engine/backends/wasm/builtFile.ts';
import { type Simd, startSimd } from '../../../core/engine/backends/wasm/simd.ts';

const memory = () => new WebAssembly.Memory({ initial: 64, maximum: 65_536, shared: true });
const before = process.env.LAYERLOOM_THREADS;

function simdOn(threads: number): Simd {
  process.env.LAYERLOOM_THREADS = String(threads);
  return startSimd(memory());
}

afterEach(() => {
  if (before === undefined) delete process.env.LAYERLOOM_THREADS;
  else process.env.LAYERLOOM_THREADS = before;
});

const floats = (simd: Simd, at: number, size: number) => new Float32Array(simd.memory.buffer, at, size);
const [X, Y, OUT] = [1 << 16, 1 << 20, 2 << 20];

function fill(simd: Simd, at: number, size: number): void {
  const values = floats(simd, at, size);
  for (let i = 0; i < size; i++) values[i] = Math.sin(i * 12.9898 + at) * 3;
}

/** The numbers of a WebAssembly file's sections. */
function sectionsOf(bytes: Uint8Array): number[] {
  const sections: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    sections.push(bytes[at++] as number);
    let [size, shift, byte] = [0, 0, 0x80];
    for (; byte & 0x80; shift += 7) {
      byte = bytes[at++] as number;
      size |= (byte & 0x7f) << shift;
    }
    at += size;
  }
  return sections;
}

test('the module keeps nothing in memory: it has no variables, no start, no data, and takes nothing but the memory', () => {
  const bytes = readFileSync(builtFile('kernels.wasm'));
  const [GLOBAL, START, DATA] = [6, 8, 11];
  for (const section of [GLOBAL, START, DATA]) expect(sectionsOf(bytes)).not.toContain(section);
  expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([
    { module: 'env', name: 'memory', kind: 'memory' },
  ]);
});

describe('work shared among threads', () => {
  test('every unit is done once, however short the jobs and however late the helpers wake', async () => {
    const simd = simdOn(4);
    const size = 4096;
    fill(simd, X, size);
    const [x, out] = [floats(simd, X, size), floats(simd, OUT, size)];
    for (let round = 0; round < 3000; round++) {
      // A different range each time, so that one that ran with the arguments of the job before would be seen.
      const used = 16 + ((round * 37) % (size - 16));
      out.fill(-7);
      simd.run('reluGrad', used, 16 + (round % 5) * 8, X, X, OUT);
      if (round % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
      const wrong = out.findIndex((value, i) => value !== (i < used ? Math.max(0, x[i] as number) : -7));
      expect(wrong).toBe(-1);
    }
  });

  test('sums are the same to the last bit on one thread and on several', () => {
    const totals = [1, 3].map((threads) => {
      const simd = simdOn(threads);
      const [rows, columns, block] = [3001, 21, 128];
      fill(simd, X, rows * columns);
      const blocks = Math.ceil(rows / block);
      simd.run('columnSums', blocks, 1, X, rows, columns, block, OUT);
      return floats(simd, OUT, blocks * columns).slice();
    });
    expect(totals[1]).toEqual(totals[0]);
  });
});

describe('functions', () => {
  const simd = simdOn(1);
  /** The gates and cell of an LSTM of one step, whose sums are given: what its sigmoid and tanh make of them. */
  function gatesOf(sums: readonly number[]): Float32Array {
    const line = floats(simd, X, 16);
    sums.forEach((sum, gate) => {
      line.fill(sum, gate * 4, gate * 4 + 4);
    });
    floats(simd, Y, 16).fill(0);
    simd.run('lstm', 1, 4, 4, 1, 1, 4, X, 0, Y, OUT, OUT + 64, OUT + 128, 0);
    return line.slice();
  }

  test.each([-100, -20, -3.3, -1, -0.01, -1e-6, 0, 1e-6, 0.01, 0.7, 2.5, 8, 30, 100])(
    'sigmoid and tanh of %s are right to a few units in the last place',
    (x) => {
      const [i = 0, , , , , , , , g = 0] = gatesOf([x, x, x, x]);
      const [sigmoid, tanh] = [1 / (1 + Math.exp(-x)), Math.tanh(x)];
      expect(Math.abs(i - sigmoid)).toBeLessThanOrEqual(5e-7 * sigmoid + 1e-37);
      expect(Math.abs(g - tanh)).toBeLessThanOrEqual(5e-7 * Math.abs(tanh));
    },
  );

  test('what is no number stays none', () => {
    expect(gatesOf([Number.NaN, 0, Number.NaN, 0])[0]).toBeNaN();
    expect(gatesOf([Number.NaN, 0, Number.NaN, 0])[8]).toBeNaN();
  });
});
