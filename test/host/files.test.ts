import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Host } from '../../core/host/node.ts';
import { connectTo, startHost, temporaryFolder } from './harness.ts';

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

const problem = (code: string, message = '') => ({ problem: { code, message: expect.stringContaining(message) } });

it('tells the file to open once', async () => {
  expect((await client.call('app.info', {})).openPath).toBe('/designs/first.loom');
  expect((await client.call('app.info', {})).openPath).toBeNull();
});

it('saves, opens and remembers files', async () => {
  const path = join(folder.path, 'net ü.loom');
  await client.call('documents.save', { path, text: '{"ä":1}\n', known: null });
  const fingerprint = createHash('sha256').update('{"ä":1}\n').digest('hex');
  expect(await client.call('documents.open', { path })).toEqual({ path, text: '{"ä":1}\n', fingerprint });
  expect(await client.call('recents.list', {})).toMatchObject([{ path, name: 'net ü', exists: true }]);
  await client.call('recents.remove', { path });
  expect(await client.call('recents.list', {})).toEqual([]);
});

it('saves at every moment wholly old or wholly new, whatever is saved at once', async () => {
  const path = join(folder.path, 'net.loom');
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
  const path = join(folder.path, 'net.loom');
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
  await client.call('documents.save', {
    path: join(folder.path, 'link.loom'),
    text: 'new',
    known: null,
    replace: true,
  });
  expect(await readFile(path, 'utf8')).toBe('new');
});

it('says why a file cannot be opened or saved', async () => {
  const missing = join(folder.path, 'missing.loom');
  await expect(client.call('documents.open', { path: missing })).rejects.toMatchObject(
    problem('file-not-found', missing),
  );
  await expect(client.call('documents.open', { path: folder.path })).rejects.toMatchObject(
    problem('file-error', 'folder'),
  );
  await expect(client.call('documents.open', { path: 'net.loom' })).rejects.toMatchObject(problem('path-not-absolute'));
  const binary = join(folder.path, 'binary.loom');
  await writeFile(binary, Buffer.from([0xff, 0xfe, 0x00, 0x80]));
  await expect(client.call('documents.open', { path: binary })).rejects.toMatchObject(problem('not-text'));
  const huge = join(folder.path, 'huge.loom');
  await writeFile(huge, '');
  await truncate(huge, 2 ** 31);
  await expect(client.call('documents.open', { path: huge })).rejects.toMatchObject(
    problem('file-too-large', '2048.0 MiB'),
  );
  await expect(
    client.call('documents.save', { path: join(missing, 'net.loom'), text: '', known: null }),
  ).rejects.toMatchObject(problem('file-not-found'));
  await expect(client.call('documents.open', { path: '/dev/zero' })).rejects.toMatchObject(
    problem('file-error', 'regular'),
  );
});

it('does not write over a write-protected file', async () => {
  const dir = join(folder.path, 'protected');
  const path = join(dir, 'net.loom');
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
  expect(await client.call('settings.get', {})).toEqual({ theme: 'system', layout: {} });
  await client.call('settings.set', { theme: 'dark', layout: { left: 240 } });
  expect(await client.call('settings.get', {})).toEqual({ theme: 'dark', layout: { left: 240 } });
  await writeFile(join(home, 'settings.json'), '{"theme": ');
  expect((await client.call('settings.get', {})).theme).toBe('system');
  expect(await readFile(join(home, 'settings.json.broken'), 'utf8')).toBe('{"theme": ');
});

it('lists a folder for the file dialog', async () => {
  await mkdir(join(folder.path, 'zoo'));
  for (const name of ['b10.loom', 'b9.loom', 'a.csv', '.hidden.loom']) await writeFile(join(folder.path, name), 'x');
  const { directory, parent, entries } = await client.call('files.list', {
    directory: folder.path,
    extensions: ['loom'],
  });
  expect(directory).toBe(folder.path);
  expect(parent).toBe(dirname(folder.path));
  expect(entries.map(({ name }) => name)).toEqual(['home', 'zoo', 'b9.loom', 'b10.loom']);
  expect(entries[2]).toMatchObject({ kind: 'file', bytes: 1 });
  await expect(client.call('files.list', { directory: join(folder.path, 'no'), extensions: [] })).rejects.toMatchObject(
    problem('file-not-found'),
  );
});

it('takes ~ for the home folder', async () => {
  expect((await client.call('files.list', { directory: '~', extensions: [] })).directory).toBe(homedir());
  const nowhere = client.call('files.list', { directory: '~/no such folder', extensions: [] });
  await expect(nowhere).rejects.toMatchObject(problem('file-not-found', join(homedir(), 'no such folder')));
});

it('makes a folder, one step down and nowhere else', async () => {
  const make = (name: string, directory = folder.path) => client.call('files.createFolder', { directory, name });
  expect(await make(' new ü ')).toEqual({ path: join(folder.path, 'new ü') });
  expect((await stat(join(folder.path, 'new ü'))).isDirectory()).toBe(true);
  await expect(make('new ü')).rejects.toMatchObject(problem('folder-exists', 'already'));
  for (const name of ['', '.', '..', '../out', 'a/b', 'a\\b', 'a\0b', 'c:'])
    await expect(make(name), name).rejects.toMatchObject(problem('folder-name', 'cannot be the name'));
  await expect(make('x', join(folder.path, 'no'))).rejects.toMatchObject(problem('file-not-found'));
  expect((await readdir(folder.path)).sort()).toEqual(['home', 'new ü']);
});

it('has no dialogs of the system unless the shell brings them', async () => {
  const options = { title: 'Open', filters: [], directory: false };
  await expect(client.call('dialog.open', options)).rejects.toMatchObject(problem('no-native-dialogs'));
});
