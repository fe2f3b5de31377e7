import { beforeAll, describe, expect, test } from 'vitest';
import { type Ended, runProgram } from './runProgram.ts';
import { testGpu } from './softwareGpu.ts';

interface Curves {
  readonly name: string;
  readonly cpu: readonly number[];
  readonly webgpu: readonly number[];
  readonly again: readonly number[];
}
interface Memory {
  readonly name: 'memory';
  readonly used: readonly { numTensors: number; dataIds: number; allocated: number }[];
}

const { env, reason } = await testGpu();
if (!env) console.log(`Training on webgpu is not tested: ${reason}.`);

describe.skipIf(!env)('training on webgpu', () => {
  let ended: Ended;
  beforeAll(async () => {
    ended = await runProgram('training.ts', env ?? {});
  }, 300_000);
  const lines = <T extends { name: string }>() => ended.lines as readonly T[];

  test('ends without an error', () => {
    expect(ended.code, ended.errors).toBe(0);
  });

  test.each(['xor', 'perceptron', 'conv net'])('%s: the curve of the reference, and the same one again', (wanted) => {
    const found = lines<Curves>().find(({ name }) => name === wanted);
    if (!found) throw new Error(`no ${wanted}: ${ended.errors}`);
    expect(found.webgpu.length).toBe(found.cpu.length);
    expect(found.again).toEqual(found.webgpu);
    const differences = found.cpu.map((value, i) => Math.abs(value - (found.webgpu[i] ?? Number.NaN)));
    for (const difference of differences) expect(difference).toBeLessThan(1e-4);
  });

  test('nothing is left behind from one training to the next', () => {
    const used = lines<Memory>().find(({ name }) => name === 'memory')?.used ?? [];
    expect(used.length).toBe(8);
    expect(new Set(used.map((entry) => JSON.stringify(entry))).size).toBe(1);
  });
});
