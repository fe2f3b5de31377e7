import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostEvent } from '../../core/host/index.ts';
import type { Host } from '../../core/host/node.ts';
import { canMount, type TinyDisk, tinyDisk } from '../tinyDisk.ts';
import { layerloom } from './commandLine.ts';
import { connectTo, irisDesign, nextEvent, startHost, temporaryFolder } from './harness.ts';

/** A user who owns nothing. */
const NOBODY = 65_534;

type Client = ReturnType<typeof connectTo>;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let disk: TinyDisk | null = null;
let host: Host;

afterEach(async () => {
  await host.close();
  disk?.remove();
  disk = null;
  await folder.remove();
});

const over = (runId: string) => (event: HostEvent) =>
  event.type === 'run' && event.record.id === runId && ['interrupted', 'failed'].includes(event.record.status);
const going = (runId: string) => (event: HostEvent) => event.type === 'metrics' && event.runId === runId;

async function startLong(client: Client): Promise<string> {
  const moving = nextEvent(client, (event) => event.type === 'metrics');
  const { runId } = await client.call('train.start', { document: irisDesign(100_000), documentPath: null });
  await moving;
  return runId;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !condition(); tries++) await new Promise((done) => setTimeout(done, 100));
  expect(condition()).toBe(true);
}

/** What a person does next, without a restart: the run is over for Stop too, another trains and stops, both are deleted. */
async function worksOn(client: Client, runId: string): Promise<void> {
  expect(host.activeRun).toBeNull();
  await expect(client.call('train.stop', { runId })).rejects.toMatchObject({ problem: { code: 'not-training' } });
  const next = await startLong(client);
  const stopped = nextEvent(client, (event) => event.type === 'run' && event.record.status === 'stopped');
  await client.call('train.stop', { runId: next });
  await stopped;
  for (const id of [runId, next]) await client.call('runs.delete', { runId: id });
  expect(await client.call('runs.list', {})).toEqual([]);
}

describe('a run whose record cannot be written', () => {
  it('ends with a sentence when its folder is removed, and everything else goes on', async () => {
    folder = await temporaryFolder();
    host = await startHost(folder.path);
    const client = connectTo(host);
    const runId = await startLong(client);
    const ended = nextEvent(client, over(runId));
    await rm(join(folder.path, 'runs', runId), { recursive: true, force: true, maxRetries: 20 });
    expect(await ended).toMatchObject({
      record: { status: 'failed', problem: { code: 'run-folder-gone', message: expect.stringContaining(runId) } },
    });
    expect(existsSync(join(folder.path, 'runs', runId))).toBe(false);
    expect(await client.call('runs.list', {})).toMatchObject([{ id: runId, status: 'failed' }]);
    await worksOn(client, runId);
  });

  it('ends the same while it is paused', async () => {
    folder = await temporaryFolder();
    host = await startHost(folder.path);
    const client = connectTo(host);
    const runId = await startLong(client);
    const paused = nextEvent(client, (event) => event.type === 'run' && event.record.status === 'paused');
    await client.call('train.pause', { runId });
    await paused;
    const ended = nextEvent(client, over(runId));
    await rm(join(folder.path, 'runs', runId), { recursive: true, force: true });
    await client.call('train.resume', { runId });
    expect(await ended).toMatchObject({ record: { problem: { code: 'run-folder-gone' } } });
    await worksOn(client, runId);
  });

  it.skipIf(!canMount)(
    'is interrupted when the disk is full, can be deleted then, and goes on once there is room',
    async () => {
      folder = await temporaryFolder();
      disk = tinyDisk(join(folder.path, 'disk'), 8 * 2 ** 20);
      const home = join(disk.path, 'home');
      host = await startHost(home);
      const client = connectTo(host);
      const runId = await startLong(client);
      await until(() => existsSync(join(home, 'runs', runId, 'checkpoint.safetensors')));
      const ended = nextEvent(client, over(runId));
      // Nothing at all fits any more, not a line of the curve.
      disk.fillTo(0);
      const { record } = (await ended) as HostEvent & { type: 'run' };
      expect(record).toMatchObject({
        status: 'interrupted',
        problem: { code: 'run-unwritable', message: expect.stringContaining('the disk is full') },
      });
      expect(host.activeRun).toBeNull();
      // The record on the disk says that it runs; what is shown is how it is.
      expect(await client.call('runs.list', {})).toMatchObject([{ id: runId, status: 'interrupted' }]);
      await expect(client.call('train.stop', { runId })).rejects.toMatchObject({ problem: { code: 'not-training' } });
      const document = irisDesign(5);
      await expect(client.call('train.start', { document, documentPath: null })).rejects.toMatchObject({
        problem: { code: 'disk-full' },
      });
      expect(host.activeRun).toBeNull();
      expect(await readdir(join(home, 'runs'))).toEqual([runId]);

      disk.empty();
      const moving = nextEvent(client, going(runId));
      await client.call('train.resume', { runId });
      await moving;
      const again = nextEvent(client, over(runId));
      disk.fillTo(0);
      await again;
      // Deleting makes room by itself.
      await client.call('runs.delete', { runId });
      expect(await client.call('runs.list', {})).toEqual([]);
      expect(await readdir(join(home, 'runs'))).toEqual([]);
      disk.empty();
      const other = await startLong(client);
      expect(host.activeRun).toBe(other);
    },
  );

  it.skipIf(!canMount)('is interrupted for the next program too, which finds the record as it was', async () => {
    folder = await temporaryFolder();
    disk = tinyDisk(join(folder.path, 'disk'), 8 * 2 ** 20);
    const home = join(disk.path, 'home');
    host = await startHost(home);
    const client = connectTo(host);
    const runId = await startLong(client);
    const ended = nextEvent(client, over(runId));
    disk.fillTo(0);
    await ended;
    disk.empty();
    // The next list writes what could not be written.
    expect(await client.call('runs.list', {})).toMatchObject([
      { id: runId, status: expect.stringMatching(/interrupted|failed/) },
    ]);
    await host.close();
    host = await startHost(home);
    expect(await connectTo(host).call('runs.list', {})).toMatchObject([
      { id: runId, problem: { code: 'run-unwritable' } },
    ]);
  });

  it.skipIf(process.platform === 'win32')(
    'ends with the sentence when the permission to write it is taken away',
    async () => {
      folder = await temporaryFolder();
      host = await startHost(join(folder.path, 'other'));
      const home = join(folder.path, 'theirs');
      await mkdir(home);
      // Root may write everywhere: then it is somebody else whose run it is.
      const user = process.getuid?.() === 0 ? NOBODY : undefined;
      if (user !== undefined) {
        await chmod(folder.path, 0o755);
        await chown(home, user, user);
      }
      await layerloom(['new', 'iris-mlp', '-o', 'iris.loom'], { home, user });
      let taken: Promise<void> | null = null;
      const takePermission = async () => {
        const [id = ''] = await readdir(join(home, 'runs'));
        await chmod(join(home, 'runs', id), 0o555);
      };
      const { code, stderr } = await layerloom(['train', 'iris.loom', '--epochs', '100000'], {
        home,
        user,
        onOutput: (text) => {
          if (text.includes('epoch 2/')) taken ??= takePermission();
        },
      });
      await taken;
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^layerloom: .*you have no permission for it\. Check the permissions of the file and its folder/,
      );
    },
  );

  it('ends the command line too, with the sentence', async () => {
    folder = await temporaryFolder();
    host = await startHost(join(folder.path, 'other'));
    const home = folder.path;
    await layerloom(['new', 'iris-mlp', '-o', 'iris.loom'], { home });
    let removed = false;
    const { code, stderr } = await layerloom(['train', 'iris.loom', '--epochs', '100000'], {
      home,
      onOutput: (text) => {
        if (removed || !text.includes('epoch 2/')) return;
        removed = true;
        void rm(join(home, 'runs'), { recursive: true, force: true, maxRetries: 20 });
      },
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^layerloom: The folder of this run, .*, was removed while it trained, /);
  });
});
