import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readRunWeights, writeWeights } from '../../../core/engine/checkpoint/checkpoint.ts';
import { safetensorsParts } from '../../../core/formats/index.ts';
import { RUN_FILES, runStore } from '../../../core/runs/node.ts';
import { design } from './designs.ts';

const folder = mkdtempSync(join(tmpdir(), 'layerloom-layout-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const document = (axis: number[]) =>
  design(
    [
      { type: 'Input', name: 'x', params: { shape: [5, 2, 3] } },
      { type: 'LayerNorm', name: 'norm', params: { axis } },
      { type: 'BatchNorm', name: 'batch' },
      { type: 'Output', name: 'y', params: { loss: 'meanSquaredError' } },
    ],
    { kind: 'none' },
  );
/** Rows are the last axis, 3 of them, and columns the one before: as written before, axes named 3 and then 2. */
const stored = new Map([
  ['norm/gamma', { shape: [3, 2], data: Float32Array.of(11, 12, 21, 22, 31, 32) }],
  ['norm/beta', { shape: [3, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) }],
  ['batch/gamma', { shape: [3], data: Float32Array.of(7, 8, 9) }],
]);

test.each([[[3, 2]], [[-1, 2]], [[-1, -2]]])(
  'weights of an older run, axes %j, come in ascending order',
  async (axis) => {
    const { dir } = await runStore(join(folder, `old${axis.join()}`)).create(document(axis), null);
    writeFileSync(join(dir, RUN_FILES.bestWeights), Buffer.concat(safetensorsParts(stored, { epoch: '3' })));
    const weights = await readRunWeights(dir, 'best');
    expect(weights.get('norm/gamma')).toEqual({ shape: [2, 3], data: Float32Array.of(11, 21, 31, 12, 22, 32) });
    expect(weights.get('norm/beta')).toEqual({ shape: [2, 3], data: Float32Array.of(1, 3, 5, 2, 4, 6) });
    expect(weights.get('batch/gamma')).toEqual(stored.get('batch/gamma'));
  },
);

test('weights whose axes were in ascending order, and those written now, come as they are', async () => {
  const { dir } = await runStore(join(folder, 'kept')).create(document([2, 3]), null);
  writeFileSync(join(dir, RUN_FILES.bestWeights), Buffer.concat(safetensorsParts(stored, {})));
  expect(await readRunWeights(dir, 'best')).toEqual(stored);
  const { dir: now } = await runStore(join(folder, 'now')).create(document([3, 2]), null);
  await writeWeights(join(now, RUN_FILES.lastWeights), stored, { epoch: '1' });
  expect(await readRunWeights(now, 'last')).toEqual(stored);
});
