import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEFAULT_DATA, type LoomDocument } from '../../core/document/index.ts';
import type { Host } from '../../core/host/node.ts';
import type { Call } from '../../core/rpc/index.ts';
import { design } from '../unit/engine/designs.ts';
import { choose, connectTo, nextEvent, startHost, temporaryFolder } from './harness.ts';

// From a window by the host to the engine and back.
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let client: ReturnType<typeof connectTo>;

beforeAll(async () => {
  folder = await temporaryFolder();
  host = await startHost(join(folder.path, 'home'));
  client = connectTo(host);
});
afterAll(async () => {
  await host.close();
  await folder.remove();
});

interface Amount {
  readonly done: number;
  readonly total: number;
}

/** Asks, cancels once it is told how far that is, and tells how long the end took. */
async function cancelOnProgress(
  ask: (call: Call<Amount>) => Promise<unknown>,
): Promise<{ progress: Amount; code: string; ms: number }> {
  const controller = new AbortController();
  const told: { progress: Amount; at: number }[] = [];
  const onProgress = (progress: Amount) => {
    told.push({ progress, at: performance.now() });
    controller.abort();
  };
  const code = await ask({ signal: controller.signal, onProgress }).then(
    () => 'answered',
    (error: { problem: { code: string } }) => error.problem.code,
  );
  const [first] = told;
  if (first === undefined) throw new Error(`It told nothing before it ended (${code}).`);
  return { progress: first.progress, code, ms: performance.now() - first.at };
}

/** Takes some milliseconds a sample. */
const slowDesign = (): LoomDocument =>
  design(
    [
      { type: 'Input', name: 'x', params: { shape: [8, 8, 1] } },
      ...['a', 'b', 'c', 'd', 'e'].map((name) => ({ type: 'Conv2D', name, params: { filters: 96, padding: 'same' } })),
      { type: 'Flatten', name: 'flat' },
      { type: 'Dense', name: 'answer', params: { units: 10, activation: 'softmax' } },
      { type: 'Output', name: 'y' },
    ],
    { kind: 'builtin', id: 'digits' },
    { epochs: 50, batchSize: 4 },
  );

it('ends an evaluation within a second of its cancel', async () => {
  const moving = nextEvent(client, (event) => event.type === 'metrics');
  const { runId } = await client.call('train.start', { document: slowDesign(), documentPath: null });
  await moving;
  const ended = nextEvent(client, (event) => event.type === 'run' && event.record.status === 'stopped');
  await client.call('train.stop', { runId });
  await ended;
  const request = { runId, split: 'train', weights: 'last' } as const;
  const { progress, code, ms } = await cancelOnProgress((call) => client.call('evaluate', request, call));
  expect(code).toBe('cancelled');
  expect(ms).toBeLessThan(1000);
  // Seven tenths of the digits, of each class as many as there are.
  expect(progress.total / 1797).toBeCloseTo(0.7, 2);
  expect(progress.done).toBeLessThan(progress.total);
}, 60_000);

it('ends the reading of a folder of pictures within a second of its cancel', async () => {
  const pictures = join(folder.path, 'pictures');
  const first = join(folder.path, 'first.png');
  await sharp({ create: { width: 2400, height: 2400, channels: 3, background: 'teal' } })
    .png()
    .toFile(first);
  for (const name of ['cats', 'dogs']) {
    await mkdir(join(pictures, name), { recursive: true });
    for (let i = 0; i < 250; i++) await link(first, join(pictures, name, `${i}.png`));
  }
  await choose(client, 'data.pictures', pictures);
  const settings = {
    ...DEFAULT_DATA,
    source: { kind: 'imageFolder' as const, path: pictures, channels: 'colour' as const, fit: 'stretch' as const },
  };
  const { progress, code, ms } = await cancelOnProgress((call) =>
    client.call('data.describe', { settings, documentPath: null }, call),
  );
  expect(code).toBe('cancelled');
  expect(ms).toBeLessThan(1000);
  expect(progress.total).toBe(500);
  expect(progress.done).toBeLessThan(500);
}, 60_000);
