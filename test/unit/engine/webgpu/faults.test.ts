import { expect, test } from 'vitest';
import { runProgram } from './runProgram.ts';
import { testGpu } from './softwareGpu.ts';

const { env, reason } = await testGpu();
if (!env) console.log(`Faults of the graphics device are not tested: ${reason}.`);

test.skipIf(!env)(
  'what goes wrong on the device is an error of whoever computes, with a sentence',
  async () => {
    const { code, lines, errors } = await runProgram('faults.ts', env ?? {});
    expect(code, errors).toBe(0);
    expect(lines).toMatchObject([
      {
        name: 'too large',
        problem: {
          code: 'tensor-too-large',
          message: expect.stringMatching(/tensor of 1,525 MiB.* at most 1,024 MiB/),
        },
      },
      { name: 'still right', value: 2 },
      { name: 'refused', problem: { code: 'gpu-refused', message: expect.stringContaining('2147483648') } },
      { name: 'afresh', value: 3 },
      { name: 'lost', problem: { code: 'device-lost' } },
      { name: 'lost for good', problem: { code: 'device-lost' } },
    ]);
  },
  60_000,
);

test.skipIf(!env)(
  'memory that runs out is an error with a sentence, and what follows is right again',
  async () => {
    const { code, lines, errors } = await runProgram('outOfMemory.ts', env ?? {}, 3_700_000);
    expect(code, errors).toBe(0);
    expect(lines).toMatchObject([
      { name: 'full', problem: { code: 'out-of-memory', message: expect.stringContaining('smaller batch size') } },
      { name: 'afterwards', value: 7 },
    ]);
  },
  180_000,
);
