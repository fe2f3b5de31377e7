import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../core/host/node.ts';
import { canMount, type TinyDisk, tinyDisk } from '../tinyDisk.ts';
import { choose, connectTo, startHost, temporaryFolder } from './harness.ts';

const FREE = 20 * 1024;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let disk: TinyDisk;
let host: Host;
let client: ReturnType<typeof connectTo>;

beforeEach(async ({ skip }) => {
  if (!canMount) skip();
  folder = await temporaryFolder();
  disk = tinyDisk(join(folder.path, 'disk'), 4 * 2 ** 20);
});
afterEach(async () => {
  if (!canMount) return;
  await host.close();
  disk.remove();
  await folder.remove();
});

describe('on a disk that is nearly full', () => {
  it('a save that does not fit leaves the design and its autosave as they were, and says so', async () => {
    host = await startHost(join(folder.path, 'home'));
    client = connectTo(host);
    const path = await choose(client, 'design.save', join(disk.path, 'net.loom'));
    const before = await client.call('documents.save', { path, text: 'a'.repeat(60_000), known: null });
    const text = 'b'.repeat(90_000);
    await client.call('documents.autosave', { key: 'one', path, name: 'net', text, known: before.fingerprint });
    disk.fillTo(FREE);
    const save = () => client.call('documents.save', { path, text, known: before.fingerprint });
    await expect(save()).rejects.toMatchObject({
      problem: { code: 'disk-full', message: expect.stringContaining('the disk is full') },
    });
    expect(await readFile(path, 'utf8')).toBe('a'.repeat(60_000));
    expect((await readdir(disk.path)).sort()).toEqual(['ballast', 'net.loom']);
    expect((await client.call('recovery.read', { key: 'one' })).text).toBe(text);
    disk.empty();
    await save();
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('an autosave that does not fit says so and leaves the last one', async () => {
    host = await startHost(join(disk.path, 'home'));
    client = connectTo(host);
    const autosave = (text: string) =>
      client.call('documents.autosave', { key: 'one', path: null, name: 'net', text, known: null });
    await autosave('first');
    disk.fillTo(FREE);
    await expect(autosave('x'.repeat(90_000))).rejects.toMatchObject({ problem: { code: 'disk-full' } });
    expect((await client.call('recovery.read', { key: 'one' })).text).toBe('first');
  });

  it('a design on another disk is saved even where the list of recent files cannot be', async () => {
    host = await startHost(join(disk.path, 'home'));
    client = connectTo(host);
    disk.fillTo(0);
    const path = await choose(client, 'design.save', join(folder.path, 'net.loom'));
    await client.call('documents.save', { path, text: 'whole', known: null });
    expect(await readFile(path, 'utf8')).toBe('whole');
  });
});
