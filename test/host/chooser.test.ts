import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CHOICES, type ChoiceId, chooserMethods, createClient } from '../../core/host/index.ts';
import { createChooser } from '../../core/host/node.ts';
import { temporaryFolder } from './harness.ts';

// The host's own file dialog, as its page asks it.
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const chooser = createChooser((id) => id);

beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

function ask(what: ChoiceId) {
  const { url, answer, cancel } = chooser.dialogs.show({ what, name: '', folder: null }, CHOICES[what]);
  const id = url ?? '';
  const choice = chooser.enter(id);
  if (choice === null) throw new Error('The dialog is not there.');
  let tell: (message: string) => void = () => undefined;
  const page = createClient(chooserMethods, {
    send: choice.connect((text) => tell(text)).receive,
    onMessage: (listener) => {
      tell = listener;
      return () => undefined;
    },
    onConnection: () => () => undefined,
  });
  return { id, page, answer, cancel };
}

const problem = (code: string, message = '') => ({ problem: { code, message: expect.stringContaining(message) } });

it('lists a folder, with what can be chosen', async () => {
  await mkdir(join(folder.path, 'zoo'));
  for (const name of ['b10.loom', 'b9.loom', 'a.csv', '.hidden.loom']) await writeFile(join(folder.path, name), 'x');
  const { page, cancel } = ask('design.open');
  const { directory, parent, entries } = await page.call('files.list', { directory: folder.path });
  expect(directory).toBe(folder.path);
  expect(parent).toBe(dirname(folder.path));
  expect(entries.map(({ name }) => name)).toEqual(['zoo', 'b9.loom', 'b10.loom']);
  expect(entries[1]).toMatchObject({ kind: 'file', bytes: 1 });
  const all = await page.call('files.list', { directory: folder.path, all: true });
  expect(all.entries.map(({ name }) => name)).toContain('a.csv');
  const nowhere = page.call('files.list', { directory: join(folder.path, 'no') });
  await expect(nowhere).rejects.toMatchObject(problem('file-not-found'));
  cancel();
});

it('takes ~ for the home folder', async () => {
  const { page, cancel } = ask('design.open');
  expect((await page.call('files.list', { directory: '~' })).directory).toBe(homedir());
  const nowhere = page.call('files.list', { directory: '~/no such folder' });
  await expect(nowhere).rejects.toMatchObject(problem('file-not-found', join(homedir(), 'no such folder')));
  cancel();
});

it('makes a folder, one step down and nowhere else', async () => {
  const { page, cancel } = ask('design.save');
  const make = (name: string, directory = folder.path) => page.call('files.createFolder', { directory, name });
  expect(await make(' new ü ')).toEqual({ path: join(folder.path, 'new ü') });
  expect((await stat(join(folder.path, 'new ü'))).isDirectory()).toBe(true);
  await expect(make('new ü')).rejects.toMatchObject(problem('folder-exists', 'already'));
  for (const name of ['', '.', '..', '../out', 'a/b', 'a\\b', 'a\0b', 'c:'])
    await expect(make(name), name).rejects.toMatchObject(problem('folder-name', 'cannot be the name'));
  await expect(make('x', join(folder.path, 'no'))).rejects.toMatchObject(problem('file-not-found'));
  expect(await readdir(folder.path)).toEqual(['new ü']);
  cancel();
});

it('takes what it is for, once, and stays for anything else', async () => {
  const { id, page, answer } = ask('design.save');
  expect(await page.call('choice.get', {})).toMatchObject({
    mode: 'save',
    title: 'Save the design',
    extensions: ['loom'],
  });
  const relative = page.call('choice.take', { path: 'net.loom' });
  await expect(relative).rejects.toMatchObject(problem('path-not-absolute'));
  await page.call('choice.take', { path: join(folder.path, 'net') });
  expect(await answer).toEqual({ path: join(folder.path, 'net.loom'), asked: false });
  expect(chooser.find(id)).toBeNull();

  const table = ask('data.table');
  const other = table.page.call('choice.take', { path: join(folder.path, 'id_rsa') });
  await expect(other).rejects.toMatchObject(problem('file-kind', '.csv'));
  await table.page.call('choice.cancel', {});
  expect((await table.answer).path).toBeNull();
});

it('is opened once: its secret is told to the first who comes', () => {
  const { id, cancel } = ask('design.open');
  expect(chooser.enter(id)).toBeNull();
  expect(chooser.find(id)).not.toBeNull();
  cancel();
  expect(chooser.find(id)).toBeNull();
});
