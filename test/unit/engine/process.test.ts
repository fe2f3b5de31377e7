import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { documentSchema, type LoomDocument } from '../../../core/document/index.ts';
import type { EngineEvent } from '../../../core/engine/index.ts';
import { type EngineClient, startEngine } from '../../../core/engine/node.ts';
import { ProblemError } from '../../../core/errors.ts';
import { readSafetensors } from '../../../core/formats/index.ts';
import type { MetricPoint, RunRecord } from '../../../core/runs/index.ts';
import { readMetrics, readRecord, runStore } from '../../../core/runs/node.ts';
import { buildEngine } from './buildEngine.ts';
import { design, irisPerceptron } from './designs.ts';

const home = mkdtempSync(join(tmpdir(), 'loom-engine-'));
let engineFile = '';
let engine: EngineClient;
const events: EngineEvent[] = [];

function start(): void {
  events.length = 0;
  engine = startEngine({ engineFile, home });
  engine.onEvent((event) => events.push(event));
}

beforeAll(async () => {
  engineFile = await buildEngine('process-test-engine');
});
afterEach(() => engine?.kill());
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function until<T>(what: () => T | undefined | false | Promise<T | undefined | false>): Promise<T> {
  for (let i = 0; i < 4000; i++) {
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

async function newRun(document: LoomDocument): Promise<string> {
  return (await runStore(join(home, 'runs')).create(document, null)).dir;
}

const withoutTime = (points: readonly MetricPoint[]) => points.map((point) => ({ ...point, time: 0 }));

async function problemOf(promise: Promise<unknown>) {
  const failure = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(ProblemError);
  return (failure as ProblemError).problem;
}

describe('the engine process', () => {
  test('lists its backends honestly and refuses one that is not there', async () => {
    start();
    const backends = await engine.call('backends.list', {});
    expect(backends.map((backend) => backend.name)).toEqual(['tensorflow', 'webgpu', 'wasm', 'cpu']);
    expect(backends.filter((backend) => backend.chosen).map((backend) => backend.name)).toEqual(['wasm']);
    for (const backend of backends) if (!backend.available) expect(backend.reason).not.toBe('');
    const runDir = await newRun(irisPerceptron({ backend: 'webgpu' }));
    const problem = await problemOf(engine.call('train.start', { runDir, resume: false }));
    expect(problem.code).toBe('backend-unavailable');
    expect((await readRecord(runDir)).status).toBe('failed');
  });

  test('refuses data that the design cannot read before it computes anything, with the fix', async () => {
    start();
    const file = join(home, 'items.csv');
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 12},${i / 2}`);
    writeFileSync(file, ['item,sold', ...rows].join('\n'));
    const embedded = design(
      [
        { type: 'Input', name: 'item', params: { shape: [1] } },
        { type: 'Embedding', name: 'vectors', params: { inputDim: 10, outputDim: 4 } },
        { type: 'Flatten', name: 'flat' },
        { type: 'Dense', name: 'answer', params: { units: 1 } },
        { type: 'Output', name: 'sold', params: { loss: 'meanSquaredError' } },
      ],
      { kind: 'csv', path: file, columns: {}, missing: 'dropRow' },
    );
    const document = { ...embedded, data: { ...embedded.data, scaling: 'none' as const } };
    const problem = await problemOf(engine.call('train.start', { runDir: await newRun(document), resume: false }));
    expect(problem).toMatchObject({ code: 'embedding-too-small', nodeId: 'vectors' });
    expect(problem.message).toContain('column “item” goes up to 11');
    expect(problem.fixes?.[0]?.label).toBe('Set the vocabulary to 12');

    // With a table that is long enough it trains; what is asked of it later is checked alike.
    const graph = structuredClone(document.graphs.main) as {
      nodes: Record<string, { params: Record<string, unknown> }>;
    };
    if (graph.nodes.vectors) graph.nodes.vectors.params.inputDim = 12;
    const longer = { ...document, graphs: { main: graph } } as unknown as LoomDocument;
    const runDir = await newRun({ ...longer, training: { ...longer.training, epochs: 1 } });
    await engine.call('train.start', { runDir, resume: false });
    await status('finished');
    const asked = (item: number) => engine.call('predict', { runDir, weights: 'last', inputs: [[3], [item]] });
    expect(await asked(11)).toHaveLength(2);
    for (const [item, said] of [
      [12, '12'],
      [-1, '-1'],
      [2.5, '2.5'],
    ] as const)
      expect(await problemOf(asked(item))).toMatchObject({
        code: 'embedding-range',
        message: `The column “item” of sample 2 is ${said}, but “vectors” knows whole numbers from 0 to 11 only. Give one of those, or train with a larger vocabulary.`,
      });
  });

  test('trains, saves, evaluates, predicts', async () => {
    start();
    const runDir = await newRun(irisPerceptron({ epochs: 30, backend: 'auto' }));
    await engine.call('train.start', { runDir, resume: false });
    const record = await status('finished');
    expect(record).toMatchObject({ backend: 'wasm', epoch: 30, best: { metric: 'valLoss' } });
    expect(record.backendReason).toContain('Automatic: WebAssembly, because TensorFlow is not installed');
    expect(record.metrics.valAccuracy).toBeGreaterThan(0.8);
    const files = await readdir(runDir);
    for (const name of ['best.safetensors', 'last.safetensors', 'checkpoint.safetensors', 'data.json', 'metrics.jsonl'])
      expect(files).toContain(name);
    expect(files.some((name) => name.startsWith('events.out.tfevents'))).toBe(true);
    const weights = readSafetensors(readFileSync(join(runDir, 'best.safetensors')));
    expect([...weights.tensors.keys()]).toEqual(['hidden/kernel', 'hidden/bias', 'answer/kernel', 'answer/bias']);
    const sent = events.flatMap((event) => (event.type === 'metrics' ? event.points : []));
    expect(await readMetrics(runDir)).toEqual(sent);

    const evaluation = await engine.call('evaluate', { runDir, split: 'validation', weights: 'last' });
    expect(evaluation.metrics.loss).toBeCloseTo(record.metrics.valLoss ?? 0, 5);
    expect(evaluation.metrics.accuracy).toBeCloseTo(record.metrics.valAccuracy ?? 0, 5);
    const [head] = evaluation.heads;
    const losses = (head?.predictions ?? []).map((prediction) => prediction.loss);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    const counted = head?.confusion?.matrix.flat().reduce((sum, n) => sum + n, 0);
    expect(counted).toBe(evaluation.samples);
    const support = head?.perClass.reduce((sum, entry) => sum + entry.support, 0);
    expect(support).toBe(evaluation.samples);

    const [prediction] = await engine.call('predict', { runDir, weights: 'best', inputs: [[5.1, 3.5, 1.4, 0.2]] });
    expect(prediction?.heads[0]?.predicted).toBe('setosa');
    expect(prediction?.heads[0]?.output.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
    const wrong = await problemOf(engine.call('predict', { runDir, weights: 'best', inputs: [[1, 2]] }));
    expect(wrong.code).toBe('predict-input');
  });

  test('answers questions that come all at once, the first of a new process', async () => {
    start();
    const runDir = await newRun(irisPerceptron({ epochs: 2 }));
    await engine.call('train.start', { runDir, resume: false });
    await status('finished');
    engine.kill();
    start();
    const inputs = [[5.1, 3.5, 1.4, 0.2]];
    const [best, last, first, second] = await Promise.all([
      engine.call('evaluate', { runDir, split: 'train', weights: 'best' }),
      engine.call('evaluate', { runDir, split: 'train', weights: 'last' }),
      engine.call('predict', { runDir, weights: 'best', inputs }),
      engine.call('predict', { runDir, weights: 'last', inputs }),
    ]);
    expect([best.samples, last.samples]).toEqual([105, 105]);
    expect([first.length, second.length]).toEqual([1, 1]);
  });

  test('pauses, goes on, stops; one training at a time', async () => {
    start();
    const runDir = await newRun(irisPerceptron({ epochs: 100_000 }));
    await engine.call('train.start', { runDir, resume: false });
    const second = await newRun(irisPerceptron());
    expect((await problemOf(engine.call('train.start', { runDir: second, resume: false }))).code).toBe(
      'already-training',
    );
    await until(() => events.some((event) => event.type === 'metrics'));
    await engine.call('train.pause', {});
    const paused = await status('paused');
    await new Promise((resolve) => setTimeout(resolve, 150));
    await engine.call('train.resume', {});
    await until(() => {
      const last = events.findLast((event) => event.type === 'run');
      return last?.type === 'run' && last.record.status === 'running' && last.record.step > paused.step;
    });
    await engine.call('train.stop', {});
    const stopped = await status('stopped');
    expect(stopped.finishedAt).not.toBeNull();
    expect((await problemOf(engine.call('train.stop', {}))).code).toBe('no-training');
  });

  test('killed in mid-training, it resumes the same curve from its last checkpoint', async () => {
    // Slow enough for several checkpoints (at least a second apart) before the end.
    const document = irisPerceptron({ epochs: 400, batchSize: 8 });
    start();
    const whole = await newRun(document);
    await engine.call('train.start', { runDir: whole, resume: false });
    await status('finished');
    expect((await readRecord(whole)).saved?.epoch).toBe(400);

    const runDir = await newRun(document);
    events.length = 0;
    await engine.call('train.start', { runDir, resume: false });
    await until(async () => (await readdir(runDir)).includes('checkpoint.safetensors'));
    const exit = new Promise<string>((resolve) => engine.onExit(({ message }) => resolve(message)));
    const pending = problemOf(
      engine.call('data.describe', { settings: documentSchema.parse(document).data, baseDir: null }),
    );
    engine.kill();
    expect(await exit).toContain('SIGKILL');
    expect((await pending).code).toBe('engine-died');
    expect((await readRecord(runDir)).status).toBe('running');
    expect((await problemOf(engine.call('backends.list', {}))).code).toBe('engine-died');

    start();
    await engine.call('train.start', { runDir, resume: true });
    await status('finished');
    expect(withoutTime(await readMetrics(runDir))).toEqual(withoutTime(await readMetrics(whole)));
    const last = (dir: string) => readSafetensors(readFileSync(join(dir, 'last.safetensors'))).tensors;
    expect(last(runDir)).toEqual(last(whole));
  }, 240_000);

  test('a design that cannot be built fails the run with its sentence', async () => {
    start();
    const document = design(
      [
        { type: 'Input', name: 'x', params: { shape: [4] } },
        { type: 'Conv2D', name: 'conv', params: { filters: 8 } },
        { type: 'Output', name: 'y' },
      ],
      { kind: 'builtin', id: 'iris' },
    );
    const runDir = await newRun(document);
    const problem = await problemOf(engine.call('train.start', { runDir, resume: false }));
    expect(problem.code).toBe('rank-mismatch');
    expect(problem.fixes?.length).toBeGreaterThan(0);
    expect((await readRecord(runDir)).problem?.message).toBe(problem.message);
  });

  test('a malformed request is answered, not fatal', async () => {
    start();
    const bad = engine.call('evaluate', { runDir: 1 } as never);
    expect(await problemOf(bad)).toMatchObject({
      code: 'invalid-message',
      message: expect.stringMatching(/evaluate: .*runDir/),
    });
    expect((await engine.call('backends.list', {})).length).toBe(4);
  });
});
