import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Host } from '../../core/host/node.ts';
import type { RunStatus } from '../../core/runs/index.ts';
import { choose, connectTo, irisDesign, nextEvent, startHost, temporaryFolder } from './harness.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;

beforeEach(async () => {
  folder = await temporaryFolder();
  host = await startHost(folder.path);
});
afterEach(async () => {
  await host.close();
  await folder.remove();
});

const status = (runId: string, wanted: RunStatus) => (event: { type: string }) =>
  event.type === 'run' &&
  'record' in event &&
  (event.record as { id: string; status: string }).id === runId &&
  (event.record as { status: string }).status === wanted;

const LONG = 100_000;

async function startLong(client: ReturnType<typeof connectTo>) {
  const moving = nextEvent(client, (event) => event.type === 'metrics');
  const { runId } = await client.call('train.start', { document: irisDesign(LONG), documentPath: null });
  await moving;
  return runId;
}

async function checkpointed(runId: string) {
  const file = join(folder.path, 'runs', runId, 'checkpoint.safetensors');
  for (let tries = 0; tries < 300; tries++) {
    const size = await stat(file).then(
      ({ size }) => size,
      () => 0,
    );
    if (size > 0) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('No checkpoint was written within 30 seconds.');
}

it('trains to the end, with events, and lists the run', async () => {
  const client = connectTo(host);
  const started = client.call('train.start', { document: irisDesign(5), documentPath: null });
  const finished = nextEvent(client, (event) => event.type === 'run' && event.record.status === 'finished');
  const { runId } = await started;
  await finished;
  const runs = await client.call('runs.list', {});
  expect(runs).toMatchObject([{ id: runId, status: 'finished', epoch: 5 }]);
  const points = await client.call('runs.metrics', { runId });
  expect(points.filter((point) => point.kind === 'epoch')).toHaveLength(5);
  expect(host.activeRun).toBeNull();
  await expect(client.call('train.resume', { runId })).rejects.toMatchObject({ problem: { code: 'not-resumable' } });
});

it('trains one run at a time, and says which one is in the way', async () => {
  const client = connectTo(host);
  const document = irisDesign(LONG);
  const both = await Promise.allSettled([
    client.call('train.start', { document, documentPath: null }),
    client.call('train.start', { document, documentPath: null }),
  ]);
  expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const runId = host.activeRun;
  expect(runId).not.toBeNull();
  await expect(client.call('train.start', { document, documentPath: null })).rejects.toMatchObject({
    problem: {
      code: 'already-training',
      facts: { runId },
      fixes: [{ host: { method: 'train.stop', params: { runId } } }],
    },
  });
  await expect(client.call('runs.delete', { runId: runId! })).rejects.toMatchObject({
    problem: { code: 'run-active' },
  });
  const stopped = nextEvent(client, status(runId!, 'stopped'));
  await client.call('train.stop', { runId: runId! });
  await stopped;
  await client.call('runs.delete', { runId: runId! });
  expect(await client.call('runs.list', {})).toEqual([]);
});

it('pauses and resumes', async () => {
  const client = connectTo(host);
  const runId = await startLong(client);
  const paused = nextEvent(client, status(runId, 'paused'));
  await client.call('train.pause', { runId });
  await paused;
  const going = nextEvent(client, (event) => event.type === 'metrics');
  await client.call('train.resume', { runId });
  await going;
});

it('goes on without a window', async () => {
  const first = connectTo(host);
  const runId = await startLong(first);
  first.leave();
  const before = host.activeRun;
  await new Promise((done) => setTimeout(done, 500));
  const second = connectTo(host);
  await nextEvent(second, (event) => event.type === 'metrics' && event.runId === runId);
  const [record] = await second.call('runs.list', {});
  expect(before).toBe(runId);
  expect(record).toMatchObject({ id: runId, status: 'running' });
});

it('reports a killed engine, keeps the run, and resumes it from its checkpoint', async () => {
  const client = connectTo(host);
  const runId = await startLong(client);
  await checkpointed(runId);
  const died = nextEvent(client, (event) => event.type === 'engineDied');
  const interrupted = nextEvent(client, status(runId, 'interrupted'));
  process.kill(host.enginePids.training!, 'SIGKILL');
  expect(await died).toMatchObject({ runId, message: expect.stringContaining('SIGKILL') });
  expect(await interrupted).toMatchObject({ record: { problem: { code: 'engine-died' } } });
  expect(host.activeRun).toBeNull();

  const running = nextEvent(client, status(runId, 'running'));
  await client.call('train.resume', { runId });
  const resumed = await running;
  expect(resumed.type === 'run' && resumed.record.step).toBeGreaterThan(0);
  await nextEvent(client, (event) => event.type === 'metrics' && event.runId === runId);
});

it('saves and marks a run when the host closes, and the next host resumes it', async () => {
  const client = connectTo(host);
  const runId = await startLong(client);
  await host.close();
  host = await startHost(folder.path);
  const next = connectTo(host);
  expect(await next.call('runs.list', {})).toMatchObject([
    { id: runId, status: 'interrupted', problem: { code: 'app-closed' } },
  ]);
  await next.call('train.resume', { runId });
  expect(host.activeRun).toBe(runId);
});

it.each([0, 20, 60, 150])('leaves no half-begun run behind when the host closes %i ms into a start', async (delay) => {
  const client = connectTo(host);
  const starting = nextEvent(client, (event) => event.type === 'run' && event.record.status === 'starting');
  const answer = client.call('train.start', { document: irisDesign(LONG), documentPath: null }).catch(() => null);
  await starting;
  await new Promise((done) => setTimeout(done, delay));
  await host.close();
  await answer;
  host = await startHost(folder.path);
  // Where training had begun, the run is kept as closing leaves it.
  const left = await connectTo(host).call('runs.list', {});
  expect(left.filter(({ status: at, problem }) => at !== 'interrupted' || problem?.code !== 'app-closed')).toEqual([]);
});

it('leaves no empty run behind when the engine refuses the data', async () => {
  const client = connectTo(host);
  await choose(client, 'data.table', '/no/such/file.csv');
  const document = irisDesign(1);
  const missing = {
    ...document,
    data: {
      ...document.data,
      source: { kind: 'csv' as const, path: '/no/such/file.csv', columns: {}, missing: 'dropRow' as const },
    },
  };
  await expect(client.call('train.start', { document: missing, documentPath: null })).rejects.toMatchObject({
    problem: { message: expect.stringContaining('/no/such/file.csv') },
  });
  expect(await client.call('runs.list', {})).toEqual([]);
  expect(host.activeRun).toBeNull();
});

it('answers while it trains: data and evaluation have an engine of their own', async () => {
  const client = connectTo(host);
  const finished = nextEvent(client, (event) => event.type === 'run' && event.record.status === 'finished');
  const { runId: done } = await client.call('train.start', { document: irisDesign(3), documentPath: null });
  await finished;
  const runId = await startLong(client);
  const evaluation = await client.call('evaluate', { runId: done, split: 'test', weights: 'last' });
  expect(evaluation.samples).toBeGreaterThan(0);
  const description = await client.call('data.describe', { settings: irisDesign(1).data, documentPath: null });
  expect(description.summary.samples).toBe(150);
  expect(host.activeRun).toBe(runId);
});
