import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { edit } from '../../../core/edits.ts';
import { processor } from '../../../core/engine/backends/processor.ts';
import { activateBackend, listBackends } from '../../../core/engine/backends/registry.ts';
import { benchmarkTraining } from '../../../core/engine/benchmark/benchmarkTraining.ts';
import { STANDARD_NET } from '../../../core/engine/benchmark/standardNet.ts';
import { readBenchmark, writeBenchmark } from '../../../core/engine/benchmark/storedBenchmarks.ts';
import type { Benchmark, DeviceUse } from '../../../core/engine/index.ts';
import { watchDeviceUse } from '../../../core/engine/train/deviceUse.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'layerloom-measure-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const MEASURED: Benchmark = {
  net: STANDARD_NET,
  measuredAt: '2026-11-22T20:00:00.000Z',
  device: 'WebAssembly, SIMD',
  version: '4.22.0',
  batchSize: 64,
  steps: 84,
  seconds: 3,
  msPerStep: 32,
  samplesPerSecond: 2000,
};

describe('benchmarkTraining', () => {
  it('gives figures that follow from one another, and leaves no tensors behind', async () => {
    await activateBackend('wasm', { home });
    const before = tf.memory().numTensors;
    const timing = await benchmarkTraining(0.2);
    expect(tf.memory().numTensors).toBe(before);
    expect(timing.net).toBe(STANDARD_NET);
    expect(timing.samplesPerSecond).toBeCloseTo((timing.batchSize * 1000) / timing.msPerStep, 6);
    expect(timing.steps).toBeGreaterThanOrEqual(3);
    expect(timing.seconds).toBeGreaterThanOrEqual(0.2);
    // A median lies within what the whole allows: not all stretches can be slower than the slowest.
    expect(timing.msPerStep).toBeLessThanOrEqual(timing.seconds * 1000);
  });
});

describe('measurements', () => {
  it('come back with the list of backends', async () => {
    expect(await readBenchmark(home, 'wasm')).toBeUndefined();
    await writeBenchmark(home, 'wasm', MEASURED);
    expect(await readBenchmark(home, 'wasm')).toEqual(MEASURED);
    const all = await listBackends({ home });
    expect(all.find(({ name }) => name === 'wasm')?.measured).toEqual(MEASURED);
    expect(all.find(({ name }) => name === 'cpu')?.measured).toBeUndefined();
  });

  it('of another standard network, and damaged ones, count for nothing', async () => {
    await writeBenchmark(home, 'wasm', { ...MEASURED, net: 'an older one' });
    expect(await readBenchmark(home, 'wasm')).toBeUndefined();
    await mkdir(join(home, 'measured'), { recursive: true });
    await writeFile(join(home, 'measured', 'cpu.json'), '{"net": ');
    expect(await readBenchmark(home, 'cpu')).toBeUndefined();
  });
});

describe('the list of backends', () => {
  it('says why auto takes the one it takes, and what it runs on', async () => {
    const all = await listBackends({ home });
    const chosen = all.filter((info) => info.chosen);
    expect(chosen).toHaveLength(1);
    expect(chosen[0]?.why).toMatch(/^Automatic: .+\.$/);
    expect(all.filter((info) => info.why !== undefined)).toEqual(chosen);
    for (const info of all) expect(info.hardware !== undefined, info.name).toBe(info.available);
  });

  it('offers to choose automatically when the one asked for cannot be had', async () => {
    await expect(activateBackend('tensorflow', { home })).rejects.toMatchObject({
      problem: {
        code: 'backend-unavailable',
        fixes: [{ edit: edit('setTraining', { training: { backend: 'auto' } }) }],
      },
    });
  });
});

describe('the processor', () => {
  it('has at least one core, and no more memory free than there is', () => {
    const { cores, memory, name } = processor();
    expect(cores).toBeGreaterThanOrEqual(1);
    expect(name).not.toBe('');
    expect(memory?.total).toBeGreaterThan(2 ** 28);
    expect(memory?.free).toBeLessThanOrEqual(memory?.total ?? 0);
  });
});

describe('watchDeviceUse', () => {
  it('counts a busy thread as about one core, and an idle one as none', async () => {
    const told: DeviceUse[] = [];
    let waited = 0;
    let wake = (): void => undefined;
    const stop = watchDeviceUse({
      nvidia: false,
      waited: () => waited,
      tell: (use) => {
        told.push(use);
        wake();
      },
    });
    const next = () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      });
    const cpu = process.cpuUsage();
    const begun = performance.now();
    while (performance.now() - begun < 1100);
    const spent = process.cpuUsage(cpu);
    await next();
    const busy = told.at(-1);
    // On a crowded machine a busy loop gets less than a core: what the system counted is what must be told.
    const share = (spent.user + spent.system) / 1e6 / ((performance.now() - begun) / 1000);
    expect(busy?.coresUsed).toBeGreaterThan(share * 0.8);
    waited += 0.9;
    await next();
    stop();
    const idle = told.at(-1);
    expect(idle?.coresUsed).toBeLessThan(busy?.coresUsed ?? 0);
    expect(idle?.waiting).toBeGreaterThan(0.5);
    expect(idle?.card).toBeNull();
    expect(idle?.memory).toBeGreaterThan(2 ** 20);
  });
});
