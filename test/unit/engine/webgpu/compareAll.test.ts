import { expect, test } from 'vitest';
import type { Comparison } from './compare.ts';
import { runProgram } from './runProgram.ts';
import { testGpu } from './softwareGpu.ts';

const { env, reason } = await testGpu();
if (!env) console.log(`webgpu is not compared with the reference: ${reason}.`);

test.skipIf(!env)(
  'every layer and kernel gives on webgpu what it gives on the cpu reference',
  async () => {
    const { code, lines, errors } = await runProgram('compareAll.ts', env ?? {});
    expect(code, errors).toBe(0);
    const comparisons = lines as Comparison[];
    expect(comparisons.length).toBeGreaterThan(200);
    const wrong = comparisons.filter(({ difference }) => difference === undefined || !(difference < 2e-5));
    expect(wrong).toEqual([]);
  },
  300_000,
);
