import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../../core/engine/checkpoint/checkpoint.ts';
import { RUN_FILES } from '../../../core/runs/node.ts';
import { canMount, type TinyDisk, tinyDisk } from '../../tinyDisk.ts';

let folder: string;
let disk: TinyDisk | null = null;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layerloom-large-'));
  // In memory where that can be had: it takes a tenth of the time.
  if (canMount) disk = tinyDisk(folder, 2 ** 31 + 2 ** 26);
});
afterAll(() => {
  disk?.remove();
  rmSync(folder, { recursive: true, force: true });
});

const state = {
  epoch: 3,
  batch: 0,
  step: 12,
  elapsed: 1.5,
  epochSums: { samples: 0, values: [] },
  pointSums: { samples: 0, values: [] },
  best: null,
};

// Node writes and reads at most 2^31 - 1 bytes at once, and most of its helpers refuse larger files altogether.
it('keeps and gives back a checkpoint beyond 2^31 bytes, in one tensor and altogether', {
  timeout: 120_000,
}, async () => {
  const elements = 2 ** 29 + 4;
  const marks = [0, 1, 2 ** 28 - 1, 2 ** 28, 2 ** 29 - 1, 2 ** 29, elements - 1];
  const slot = new Float32Array(elements);
  for (const [i, at] of marks.entries()) slot[at] = i + 0.5;
  const weight = new Float32Array([1, 2, 3]);
  await writeCheckpoint(folder, {
    state,
    weights: new Map([['dense/kernel', { shape: [3], data: weight }]]),
    slots: new Map([
      ['dense/kernel/m', { shape: [elements], data: slot }],
      ['dense/kernel/v', { shape: [3], data: new Float32Array([7, 8, 9]) }],
    ]),
    optimizerStep: 12,
  });
  expect(statSync(join(folder, RUN_FILES.checkpoint)).size).toBeGreaterThan(2 ** 31 + 28);
  const read = await readCheckpoint(folder);
  expect(read?.state).toEqual(state);
  expect(read?.weights.get('dense/kernel')?.data).toEqual(weight);
  expect(read?.slots.get('dense/kernel/v')?.data).toEqual(new Float32Array([7, 8, 9]));
  const data = read?.slots.get('dense/kernel/m')?.data;
  expect(data?.length).toBe(elements);
  expect(marks.map((at) => data?.[at])).toEqual(marks.map((_, i) => i + 0.5));
  // Compared as memory: by its elements it would take a minute.
  expect(data !== undefined && Buffer.compare(new Uint8Array(data.buffer), new Uint8Array(slot.buffer)) === 0).toBe(
    true,
  );
});
