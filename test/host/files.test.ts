import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHost, type Host } from '../../core/host/node.ts';
import { choose, connectTo, engineFile, startHost, temporaryFolder } from './harness.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let client: ReturnType<typeof connectTo>;
let home: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  home = join(folder.path, 'home');
  host = await startHost(home, { openPath: '/designs/first.loom' });
  client = connectTo(host);
});
afterEach(async () => {
  await host.close();
  await folder.remove();
});

/** A design that the person has chosen. */
const chosen = (name: string) => choose(client, 'design.save', join(folder.path, name));

const problem = (code: string, message = '') => ({ problem: { code, message: expect.stringContaining(message) } });

it('tells the file to open once', async () => {
  expect((await client.call('app.info', {})).openPath).toBe('/designs/first.loom');
  expect((await client.call('app.info', {})).openPath).toBeNull();
});

it('saves, opens and remembers files', async () => {
  const path = await chosen('net ü.loom');
  await client.call('documents.save', { path, text: '{"ä":1}\n', known: null });
  const fingerprint = createHash('sha256').update('{"ä":1}\n').digest('hex');
  expect(await client.call('documents.open', { path })).toEqual({ path, text: '{"ä":1}\n', fingerprint });
  expect(await client.call('recents.list', {})).toMatchObject([{ path, name: 'net ü', exists: true }]);
  await client.call('recents.remove', { path });
  expect(await client.call('recents.list', {})).toEqual([]);
});

it('saves at every moment wholly old or wholly new, whatever is saved at once', async () => {
  const path = await chosen('net.loom');
  const texts = Array.from({ length: 20 }, (_, i) => String(i % 10).repeat(200_000));
  await client.call('documents.save', { path, text: texts[0]!, known: null });
  let saving = true;
  const seen = new Set<string>();
  const watch = (async () => {
    while (saving) {
      const text = await readFile(path, 'utf8');
      expect(text).toHaveLength(200_000);
      seen.add(text.slice(0, 1));
      expect(text).toBe(text.slice(0, 1).repeat(200_000));
    }
  })();
  await Promise.all(texts.map((text) => client.call('documents.save', { path, text, known: null, replace: true })));
  saving = false;
  await watch;
  expect(seen.size).toBeGreaterThan(0);
  expect(await readdir(folder.path)).toEqual(['home', 'net.loom']);
});

it('keeps the old file when the new one cannot be written', async () => {
  const path = await chosen('net.loom');
  await client.call('documents.save', { path, text: 'old', known: null });
  await expect(
    client.call('documents.save', { path, text: 'x'.repeat(65 * 2 ** 20), known: null, replace: true }),
  ).rejects.toMatchObject(problem('file-too-large', '65.0 MiB'));
  expect(await readFile(path, 'utf8')).toBe('old');
});

it('saves through a link to the file it points to', async () => {
  const path = join(folder.path, 'real.loom');
  await writeFile(path, 'old');
  await symlink(path, join(folder.path, 'link.loom'));
  await chosen('link.loom');
  await client.call('documents.save', {
    path: join(folder.path, 'link.loom'),
    text: 'new',
    known: null,
    replace: true,
  });
  expect(await readFile(path, 'utf8')).toBe('new');
});

it('says why a file cannot be opened or saved', async () => {
  const missing = await chosen('missing.loom');
  await expect(client.call('documents.open', { path: missing })).rejects.toMatchObject(
    problem('file-not-found', missing),
  );
  await mkdir(join(folder.path, 'folder.loom'));
  await expect(client.call('documents.open', { path: await chosen('folder.loom') })).rejects.toMatchObject(
    problem('file-error', 'folder'),
  );
  await expect(client.call('documents.open', { path: 'net.loom' })).rejects.toMatchObject(problem('path-not-absolute'));
  const binary = await chosen('binary.loom');
  await writeFile(binary, Buffer.from([0xff, 0xfe, 0x00, 0x80]));
  await expect(client.call('documents.open', { path: binary })).rejects.toMatchObject(problem('not-text'));
  await writeFile(binary, zipSync({ 'dense_1/kernel.npy': new Uint8Array(200) }));
  await expect(client.call('documents.open', { path: binary })).rejects.toMatchObject(
    problem('other-format', 'NumPy archive'),
  );
  const huge = await chosen('huge.loom');
  await writeFile(huge, '');
  await truncate(huge, 2 ** 31);
  await expect(client.call('documents.open', { path: huge })).rejects.toMatchObject(
    problem('file-too-large', '2048.0 MiB'),
  );
  await expect(
    client.call('documents.save', { path: await chosen('none/net.loom'), text: '', known: null }),
  ).rejects.toMatchObject(problem('file-not-found'));
});

it('does not write over a write-protected file', async () => {
  const dir = join(folder.path, 'protected');
  const path = await chosen('protected/net.loom');
  await mkdir(dir);
  // Permissions do not bind root; a file system that is mounted read-only does.
  const root = process.getuid?.() === 0;
  if (root) execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', dir]);
  try {
    await writeFile(path, 'old');
    if (root) execFileSync('mount', ['-o', 'remount,ro', dir]);
    else await chmod(path, 0o444);
    await expect(
      client.call('documents.save', { path, text: 'new', known: null, replace: true }),
    ).rejects.toMatchObject(problem('file-error'));
    expect(await readFile(path, 'utf8')).toBe('old');
  } finally {
    if (root) execFileSync('umount', [dir]);
  }
});

it('keeps unsaved work across hosts until it is let go', async () => {
  await client.call('documents.autosave', { key: 'one', path: null, name: 'First', text: 'text of first' });
  await choose(client, 'design.save', '/a.loom');
  await client.call('documents.autosave', { key: 'two', path: '/a.loom', name: 'Second', text: 'text of second' });
  await writeFile(join(home, 'autosave', 'three.json'), '{"path": null, "na');
  await host.close();
  host = await startHost(home);
  client = connectTo(host);
  const list = await client.call('recovery.list', {});
  expect(list.map(({ key, name, path }) => ({ key, name, path })).sort((a, b) => a.key.localeCompare(b.key))).toEqual([
    { key: 'one', name: 'First', path: null },
    { key: 'two', name: 'Second', path: '/a.loom' },
  ]);
  expect(await client.call('recovery.read', { key: 'two' })).toEqual({
    text: 'text of second',
    path: '/a.loom',
    known: null,
  });
  await expect(client.call('recovery.read', { key: 'three' })).rejects.toMatchObject(problem('recovery-not-found'));
  await client.call('documents.discardAutosave', { key: 'two' });
  expect((await client.call('recovery.list', {})).map(({ key }) => key)).toEqual(['one']);
});

it('keeps settings, and sets a damaged file aside', async () => {
  expect(await client.call('settings.get', {})).toEqual({ theme: 'system', textSize: 100, layout: {} });
  await client.call('settings.set', { theme: 'dark', textSize: 150, layout: { left: 240 } });
  expect(await client.call('settings.get', {})).toEqual({ theme: 'dark', textSize: 150, layout: { left: 240 } });
  await writeFile(join(home, 'settings.json'), '{"theme": ');
  expect((await client.call('settings.get', {})).theme).toBe('system');
  expect(await readFile(join(home, 'settings.json.broken'), 'utf8')).toBe('{"theme": ');
});

it('asks for no file where there is no dialog', async () => {
  const bare = await createHost({
    home: join(folder.path, 'bare'),
    engineFile,
    kind: 'web',
    version: '0',
    openPath: null,
  });
  const show = connectTo(bare).call('dialog.show', { what: 'design.open', name: '' });
  await expect(show).rejects.toMatchObject(problem('no-dialogs'));
  await bare.close();
});
