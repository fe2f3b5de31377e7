import { expect, it } from 'vitest';
import { PicturePool } from '../../../core/data/folder/picturePool.ts';

const FORM = { height: 1, width: 2, channels: 1, fit: 'stretch' } as const;

/** A decoder for which a file's name says what happens: it hangs, it throws, or all is well. */
const PROGRAM = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', (job) => {
  for (const file of job.files) {
    if (file === 'hangs') for (;;);
    if (file === 'throws') throw new Error('out of order');
  }
  const pixels = new Uint8Array(job.files.length * 2).map((_, i) => Number(job.files[i >> 1]));
  parentPort.postMessage({ id: job.id, kind: 'pixels', pixels, faults: job.files.map(() => null) });
});`;

it('a thread that hangs or dies is replaced, and every other picture is read', async () => {
  const pool = new PicturePool({ threads: 2, program: PROGRAM, silence: 1500 });
  const [first, second] = await Promise.all([
    pool.pixels(['1', 'hangs', '3'], FORM, true),
    pool.pixels(['4', '5', 'throws'], FORM, true),
  ]);
  expect(Array.from(first.pixels)).toEqual([1, 1, 0, 0, 3, 3]);
  expect(first.faults).toEqual([null, { fault: expect.stringMatching(/^takes more than/) }, null]);
  expect(Array.from(second.pixels)).toEqual([4, 4, 5, 5, 0, 0]);
  expect(second.faults).toEqual([null, null, { fault: expect.stringMatching(/out of order/) }]);
  // The pool is well afterwards.
  expect((await pool.pixels(['7'], FORM, true)).faults).toEqual([null]);
}, 10_000);

it('a busy program takes no thread for one that hangs', async () => {
  const pool = new PicturePool({ threads: 1, program: PROGRAM, silence: 1500 });
  const answer = pool.pixels(['1'], FORM, true);
  const end = performance.now() + 2500;
  while (performance.now() < end);
  expect((await answer).faults).toEqual([null]);
});
