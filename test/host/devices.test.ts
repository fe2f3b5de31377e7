import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { benchmarkSchema } from '../../core/engine/index.ts';
import { toProblem } from '../../core/errors.ts';
import type { HostClient, HostEvent } from '../../core/host/index.ts';
import { createDeviceTest, type Host } from '../../core/host/node.ts';
import { connectTo, engineFile, irisDesign, nextEvent, startHost, temporaryFolder } from './harness.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let client: HostClient;

beforeEach(async () => {
  folder = await temporaryFolder();
  host = await startHost(folder.path);
  client = connectTo(host);
});
afterEach(async () => {
  await host.close();
  await folder.remove();
});

const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown) => toProblem(thrown),
  );
const begins = (event: HostEvent) => event.type === 'deviceTest' && event.testing === 'wasm';
const ends = (event: HostEvent) => event.type === 'deviceTest' && event.testing === null;

describe('testing a device', () => {
  it('measures, tells everyone, and keeps the figure', async () => {
    const [begun, ended] = [nextEvent(client, begins), nextEvent(client, ends)];
    const measured = await client.call('engine.test', { name: 'wasm' });
    await Promise.all([begun, ended]);
    expect(measured.samplesPerSecond).toBeGreaterThan(0);
    const kept = benchmarkSchema.parse(JSON.parse(await readFile(join(folder.path, 'measured', 'wasm.json'), 'utf8')));
    expect(kept).toEqual(measured);
    const listed = await client.call('engine.backends', {});
    expect(listed.find(({ name }) => name === 'wasm')?.measured).toEqual(measured);
  });

  it('is one at a time, and can be cancelled', async () => {
    const begun = nextEvent(client, (event) => event.type === 'deviceTest');
    const first = problemOf(client.call('engine.test', { name: 'cpu' }));
    await begun;
    expect((await problemOf(client.call('engine.test', { name: 'wasm' })))?.code).toBe('already-testing');
    await client.call('engine.cancelTest', {});
    expect(await first).toMatchObject({ code: 'test-cancelled', severity: 'info' });
    expect(await readdir(folder.path)).not.toContain('measured');
  });

  it('is refused while a run trains, and ends when one starts', async () => {
    const begun = nextEvent(client, (event) => event.type === 'deviceTest');
    const test = problemOf(client.call('engine.test', { name: 'cpu' }));
    await begun;
    const busy = nextEvent(client, (event) => event.type === 'deviceUse');
    const { runId } = await client.call('train.start', { document: irisDesign(1_000_000), documentPath: null });
    expect(await test).toMatchObject({ code: 'test-cancelled' });
    expect((await test)?.message).toContain('A training started');
    const refused = await problemOf(client.call('engine.test', { name: 'wasm' }));
    expect(refused).toMatchObject({ code: 'run-active', facts: { runId } });

    expect(await busy).toMatchObject({ runId, use: { card: null } });
    const over = nextEvent(client, (event) => event.type === 'run' && event.record.status === 'stopped');
    await client.call('train.stop', { runId });
    await over;
  });

  it('says why a device cannot be tested', async () => {
    const problem = await problemOf(client.call('engine.test', { name: 'tensorflow' }));
    expect(problem?.code).toBe('backend-unavailable');
    expect(problem?.message).toContain('It is not installed.');
  });
});

describe('a device that takes its process down', () => {
  it('is a sentence', async () => {
    const crashing = join(folder.path, 'crashing.cjs');
    await writeFile(crashing, "process.on('message', () => process.kill(process.pid, 'SIGSEGV'));");
    const test = createDeviceTest({ engineFile: crashing, home: folder.path });
    const problem = await problemOf(test.run('webgpu'));
    expect(problem?.code).toBe('device-test-failed');
    // Of the batch and the layers of a design, which a test does not have, nothing.
    expect(problem?.message).not.toContain('batch');
    expect(problem?.message).toMatch(
      /^The test of webgpu ended before there was a figure\. The engine crashed in native code \(SIGSEGV\).*Nothing else is affected: update .* or train on another device\.$/,
    );
    // And the next one starts anew.
    const again = createDeviceTest({ engineFile, home: folder.path });
    expect((await again.run('wasm')).net).not.toBe('');
  });
});
