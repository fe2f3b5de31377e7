import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../../core/engine/index.ts';
import { startEngine } from '../../../core/engine/node.ts';
import { checkFits, explainedMemory } from '../../../core/engine/train/outOfMemory.ts';
import { toProblem } from '../../../core/errors.ts';
import { Sketch } from '../../../core/library/index.ts';
import { readRecord, runStore } from '../../../core/runs/node.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { buildEngine } from './buildEngine.ts';
import { tensorflowHome } from './tensorflowHome.ts';

const folder = mkdtempSync(join(tmpdir(), 'loom-memory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

/** Digits through one wide layer. */
function wide(units: number, batchSize: number) {
  const template = findTemplate('digits-mlp')?.create();
  if (!template) throw new Error('no template digits-mlp');
  const sketch = new Sketch();
  sketch.chain(null, { column: 0 }, [
    ['Input', { shape: [8, 8, 1] }],
    ['Flatten'],
    ['Dense', { units }],
    ['Dense', { units: 10 }],
    ['Softmax'],
    ['Output'],
  ]);
  const document = sketch.document('Wide', {}, {});
  return { ...document, data: template.data, training: { ...template.training, batchSize } };
}

const memoryOf = (total: number) => ({
  kind: 'processor' as const,
  name: 'Test',
  cores: 1,
  memory: { total, free: total },
  largestTensor: null,
});

describe('before the training', () => {
  const document = wide(100_000, 1024);
  // 1,024 · 100,000 floats of 4 bytes: 409.6 MB.
  test('an output larger than the memory is refused, with a batch size that fits', () => {
    expect(() => checkFits(document, 1437, memoryOf(400e6))).toThrow(
      /takes 0.4 GB with a batch of 1024, and there are 0.4 GB. A batch size of 500 or less may fit \(now 1024\)/,
    );
    expect(() => checkFits(document, 1437, memoryOf(300e3))).toThrow('Not even a single sample would fit');
  });

  test('what may fit is tried, and the batch is no larger than the data', () => {
    expect(() => checkFits(document, 1437, memoryOf(410e6))).not.toThrow();
    expect(() => checkFits(document, 900, memoryOf(400e6))).not.toThrow();
    expect(() => checkFits(document, 1437, undefined)).not.toThrow();
  });
});

test('errors for lack of memory are told as such, others left alone', () => {
  // As a failed allocation in Node says it, whatever the version.
  let real: unknown;
  try {
    new ArrayBuffer(2 ** 52);
  } catch (error) {
    real = error;
  }
  expect(toProblem(explainedMemory(real, 64))).toMatchObject({ code: 'out-of-memory', facts: { batch: 64 } });
  const other = new Error('something else');
  expect(explainedMemory(other, 64)).toBe(other);
});

/** An engine of the system's own Node with this much room for addresses, as a full memory would leave it. */
function limitedNode(kilobytes: number): string {
  const path = join(folder, `node-${kilobytes}`);
  writeFileSync(path, `#!/bin/sh\nulimit -v ${kilobytes}\nexec "${process.execPath}" "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}

test.skipIf(tensorflowHome === null || process.platform !== 'linux')(
  'a batch too large for the memory fails the run on tensorflow, and the engine goes on',
  async () => {
    const engineFile = await buildEngine('out-of-memory-engine');
    vi.stubEnv('LAYERLOOM_NODE', limitedNode(5_000_000));
    const engine = startEngine({ engineFile, home: tensorflowHome ?? '' });
    const events: EngineEvent[] = [];
    engine.onEvent((event) => events.push(event));
    const train = async (units: number) => {
      const document = wide(units, 1024);
      const { dir } = await runStore(join(folder, 'runs')).create(
        { ...document, training: { ...document.training, backend: 'tensorflow', epochs: 1 } },
        null,
      );
      await engine.call('train.start', { runDir: dir, resume: false }).catch(() => undefined);
      await vi.waitFor(async () => expect((await readRecord(dir)).status).not.toBe('running'), { timeout: 60_000 });
      return readRecord(dir);
    };
    try {
      const failed = await train(600_000);
      expect(failed).toMatchObject({ status: 'failed', problem: { code: 'out-of-memory' } });
      expect(failed.problem?.message).toContain('1024×600000 numbers, 2.5 GB');
      expect((await train(16)).status).toBe('finished');
    } finally {
      engine.kill();
    }
  },
  120_000,
);
