import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Host } from '../../core/host/node.ts';
import { connectTo, nextEvent, startHost, temporaryFolder } from './harness.ts';

// Two windows of one host, and another program, that write one file: no version goes without a word.
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let path: string;
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

beforeEach(async () => {
  folder = await temporaryFolder();
  host = await startHost(join(folder.path, 'home'));
  path = join(folder.path, 'net.loom');
  await writeFile(path, 'first');
  await host.give(path);
});
afterEach(async () => {
  await host.close();
  await folder.remove();
});

const refused = (code: string) => ({ problem: { code, facts: { path } } });

it('refuses the second of two windows, tells it, and lets it decide', async () => {
  const one = connectTo(host);
  const two = connectTo(host);
  const [a, b] = await Promise.all([one.call('documents.open', { path }), two.call('documents.open', { path })]);
  const told = nextEvent(two, (event) => event.type === 'documentChanged', 5000);
  const saved = await one.call('documents.save', { path, text: 'of one', known: a.fingerprint });
  expect(saved.fingerprint).toBe(sha('of one'));
  expect(await told).toEqual({ type: 'documentChanged', path, fingerprint: sha('of one') });
  await expect(two.call('documents.save', { path, text: 'of two', known: b.fingerprint })).rejects.toMatchObject(
    refused('document-changed'),
  );
  expect(await readFile(path, 'utf8')).toBe('of one');
  // Keep mine: what is on disk now is known, and may go.
  await two.call('documents.save', { path, text: 'of two', known: saved.fingerprint });
  expect(await readFile(path, 'utf8')).toBe('of two');
});

it('takes exactly one of two saves at once', async () => {
  const windows = Array.from({ length: 8 }, () => connectTo(host));
  const { fingerprint } = await windows[0]!.call('documents.open', { path });
  const results = await Promise.allSettled(
    windows.map((window, i) => window.call('documents.save', { path, text: `of ${i}`, known: fingerprint })),
  );
  const won = results.flatMap((result, i) => (result.status === 'fulfilled' ? [i] : []));
  expect(won).toHaveLength(1);
  expect(await readFile(path, 'utf8')).toBe(`of ${won[0]}`);
});

it('notices another program: rewriting, replacing by a rename, removing', async () => {
  const window = connectTo(host);
  const { fingerprint } = await window.call('documents.open', { path });
  const next = () => nextEvent(window, (event) => event.type === 'documentChanged', 5000);
  let told = next();
  await writeFile(path, 'by hand');
  expect(await told).toMatchObject({ fingerprint: sha('by hand') });
  await expect(window.call('documents.save', { path, text: 'mine', known: fingerprint })).rejects.toMatchObject(
    refused('document-changed'),
  );
  told = next();
  await writeFile(`${path}.new`, 'by git');
  await rename(`${path}.new`, path);
  expect(await told).toMatchObject({ fingerprint: sha('by git') });
  told = next();
  await rm(path);
  expect(await told).toMatchObject({ fingerprint: null });
  // Nothing is there that could be lost.
  await window.call('documents.save', { path, text: 'mine', known: fingerprint });
  expect(await readFile(path, 'utf8')).toBe('mine');
});

it('refuses a new file where one came to be, unless it may be replaced', async () => {
  const window = connectTo(host);
  await expect(window.call('documents.save', { path, text: 'new', known: null })).rejects.toMatchObject(
    refused('document-exists'),
  );
  expect(await readFile(path, 'utf8')).toBe('first');
  await window.call('documents.save', { path, text: 'new', known: null, replace: true });
  expect(await readFile(path, 'utf8')).toBe('new');
});

it('two hosts: the second save of another program’s window is refused too, and an autosave keeps what it was based on', async () => {
  const other = await startHost(join(folder.path, 'other-home'));
  await other.give(path);
  try {
    const here = connectTo(host);
    const there = connectTo(other);
    const opened = await here.call('documents.open', { path });
    await there.call('documents.open', { path });
    const told = nextEvent(there, (event) => event.type === 'documentChanged', 5000);
    await here.call('documents.autosave', {
      key: 'k',
      path,
      name: 'Net',
      text: 'edited',
      known: opened.fingerprint,
    });
    await here.call('documents.save', { path, text: 'of here', known: opened.fingerprint });
    expect(await told).toMatchObject({ path, fingerprint: sha('of here') });
    await expect(
      there.call('documents.save', { path, text: 'of there', known: opened.fingerprint }),
    ).rejects.toMatchObject(refused('document-changed'));
    const kept = await here.call('recovery.read', { key: 'k' });
    expect(kept.known).toBe(sha('first'));
    expect(await here.call('documents.watch', { path })).toEqual({ fingerprint: sha('of here') });
  } finally {
    await other.close();
  }
});
