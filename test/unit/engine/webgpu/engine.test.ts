import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EngineEvent } from '../../../../core/engine/index.ts';
import { type EngineClient, startEngine } from '../../../../core/engine/node.ts';
import type { RunRecord } from '../../../../core/runs/index.ts';
import { readMetrics, readRecord, runStore } from '../../../../core/runs/node.ts';
import { buildEngine } from '../buildEngine.ts';
import { irisPerceptron } from '../designs.ts';
import { testGpu } from './softwareGpu.ts';

const { env, reason } = await testGpu();
if (!env) console.log(`The engine on webgpu is not tested: ${reason}.`);

const home = mkdtempSync(join(tmpdir(), 'loom-webgpu-'));
const store = runStore(join(home, 'runs'));
let engineFile = '';
let engine: EngineClient;
let events: EngineEvent[] = [];

function start(): void {
  events = [];
  engine = startEngine({ engineFile, home });
  engine.onEvent((event) => events.push(event));
}

async function until<T>(what: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (let i = 0; i < 6000; i++) {
    const value = await what();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('waited in vain');
}

function status(wanted: RunRecord['status']): Promise<RunRecord> {
  return until(() => {
    const last = events.findLast((event) => event.type === 'run');
    return last?.type === 'run' && last.record.status === wanted && last.record;
  });
}

/** Long enough not to end before it is interrupted. */
const long = irisPerceptron({ backend: 'webgpu', epochs: 4 });
let whole: Awaited<ReturnType<typeof pointsOf>> | null = null;

/** What `long` measures when nothing happens to it. */
async function wholeCurve() {
  const { dir } = await store.create(long, null);
  events = [];
  await engine.call('train.start', { runDir: dir, resume: false });
  await status('finished');
  return pointsOf(dir);
}

const pointsOf = async (dir: string) => (await readMetrics(dir)).map((point) => ({ ...point, time: 0 }));

describe.skipIf(!env)('the engine process on webgpu', { timeout: 240_000 }, () => {
  beforeAll(async () => {
    // The engine inherits them; the drivers are found through what a process starts with.
    Object.assign(process.env, env);
    engineFile = await buildEngine('webgpu-test-engine', 'test/unit/engine/webgpu/losingEngine.ts');
  });
  afterEach(() => engine?.kill());
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('a software device is listed, named, and left alone by auto', async () => {
    start();
    const begun = performance.now();
    const webgpu = (await engine.call('backends.list', {})).find(({ name }) => name === 'webgpu');
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(webgpu).toMatchObject({ available: true, software: true, chosen: false, howToGet: '' });
    expect(webgpu?.device).toContain('SwiftShader');
    expect(webgpu?.reason).toContain('only when asked for by name');
  });

  test('trains, evaluates, predicts and exports', async () => {
    start();
    const { dir } = await store.create(irisPerceptron({ backend: 'webgpu', epochs: 3 }), null);
    await engine.call('train.start', { runDir: dir, resume: false });
    const record = await status('finished');
    expect(record.backend).toBe('webgpu');
    expect(record.device).toContain('SwiftShader');
    const evaluation = await engine.call('evaluate', { runDir: dir, split: 'validation', weights: 'last' });
    expect(evaluation.metrics.loss).toBeCloseTo(record.metrics.valLoss ?? 0, 5);
    const [prediction] = await engine.call('predict', { runDir: dir, weights: 'best', inputs: [[5.1, 3.5, 1.4, 0.2]] });
    expect(prediction?.heads[0]?.output.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    for (const format of ['tfjs', 'keras'] as const) {
      const source = { kind: 'run', runDir: dir, weights: 'best' } as const;
      const path = join(home, format === 'keras' ? 'model.keras' : 'tfjs');
      expect((await engine.call('export.write', { source, format, path, replace: false })).length).toBeGreaterThan(0);
    }
  });

  test.each(['training', 'paused'] as const)('a device lost while %s: the same curve after a resume', async (when) => {
    start();
    const { dir } = await store.create(long, null);
    await engine.call('train.start', { runDir: dir, resume: false });
    await until(() => events.some((event) => event.type === 'metrics'));
    if (when === 'paused') {
      await engine.call('train.pause', {});
      await status('paused');
    }
    const ended = new Promise<string>((resolve) => engine.onExit(({ message }) => resolve(message)));
    writeFileSync(join(home, 'lose'), '');
    expect(await ended).toMatch(/^The graphics device was lost \(device was destroyed\)/);
    // What is on disk is as after any end of the engine: whoever started it marks it.
    expect((await readRecord(dir)).status).toBe(when === 'paused' ? 'paused' : 'running');
    expect((await store.interrupt(dir, await ended))?.problem?.message).toContain('lost');

    start();
    await engine.call('train.start', { runDir: dir, resume: true });
    await status('finished');
    whole ??= await wholeCurve();
    expect(await pointsOf(dir)).toEqual(whole);
  });

  test('a device lost with nothing to do ends the engine, and the next one works', async () => {
    start();
    const { dir } = await store.create(irisPerceptron({ backend: 'webgpu', epochs: 1 }), null);
    await engine.call('train.start', { runDir: dir, resume: false });
    await status('finished');
    const ended = new Promise<string>((resolve) => engine.onExit(({ message }) => resolve(message)));
    writeFileSync(join(home, 'lose'), '');
    expect(await ended).toContain('lost');
    start();
    expect((await engine.call('backends.list', {})).length).toBe(4);
  });
});
