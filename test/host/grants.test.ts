import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FoundPath, pathsIn, planPaths } from '../../core/host/grants/pathsIn.ts';
import { type HostMethod, hostMethods } from '../../core/host/index.ts';
import type { Host } from '../../core/host/node.ts';
import { type PathPurpose, pathFor, pathPurpose } from '../../core/pathSchema.ts';
import { toldSchema } from '../../core/rpc/index.ts';
import { answerTo, choose, connectTo, irisDesign, startHost, temporaryFolder } from './harness.ts';

// Every request that carries a path, found in the contract itself, with paths that nobody gave to the window.
const SECRET = 'x,y\nSECRET,1\n';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let client: ReturnType<typeof connectTo>;
const at = (...parts: string[]) => join(folder.path, ...parts);

beforeAll(async () => {
  folder = await temporaryFolder();
  for (const name of ['work/pics/a', 'out', 'outside/pics/a', 'home']) await mkdir(at(name), { recursive: true });
  for (const name of ['net.loom', 'table.csv']) await writeFile(at('work', name), 'a,b\n1,x\n2,y\n');
  for (const ending of ['loom', 'csv', 'py']) {
    await writeFile(at('outside', `secret.${ending}`), SECRET);
    await symlink(at('outside', `secret.${ending}`), at('work', `link.${ending}`));
    await symlink(at('outside', `secret.${ending}`), at('out', `link.${ending}`));
  }
  await symlink(at('outside', 'new.py'), at('out', 'dangling.py'));
  await symlink(at('outside'), at('work', 'away'));
  await writeFile(at('work', 'notes.env'), SECRET);
  await symlink(at('work', 'notes.env'), at('work', 'renamed.csv'));
  execFileSync('mkfifo', [at('work', 'pipe.csv'), at('out', 'pipe.py')]);
  host = await startHost(at('home'));
  client = connectTo(host);
  await host.give(at('work', 'net.loom'));
  await choose(client, 'export.tfjs', at('out'));
});
afterAll(async () => {
  await host.close();
  await folder.remove();
});

const GOOD: { readonly [P in PathPurpose]: () => string } = {
  design: () => at('work', 'net.loom'),
  designOfData: () => at('work', 'net.loom'),
  table: () => 'table.csv',
  pictures: () => at('work', 'pics'),
  export: () => at('out', 'model.py'),
  start: () => at('outside'),
};

/** Paths that must be refused, by what they are for. */
const BAD: { readonly [P in PathPurpose]?: () => { readonly [why: string]: string } } = {
  design: () => ({ ...outside('loom', 'work'), 'another kind of file': at('work', 'table.csv') }),
  designOfData: () => ({ ...outside('loom', 'work'), 'another kind of file': at('work', 'table.csv') }),
  table: () => ({
    ...outside('csv', 'work'),
    'up from the design’s folder': '../outside/secret.csv',
    'down through a link': 'away/secret.csv',
    'another kind of file': at('work', 'notes.env'),
    'a link with another ending': 'renamed.csv',
    'a pipe': 'pipe.csv',
  }),
  pictures: () => ({
    'never given': at('outside', 'pics'),
    'up and over': at('work', '..', 'outside', 'pics'),
    'through a link': at('work', 'away', 'pics'),
    'a device': '/dev/zero',
  }),
  export: () => ({
    ...outside('py', 'out'),
    'a link to what is not there yet': at('out', 'dangling.py'),
    'a pipe': at('out', 'pipe.py'),
  }),
};

const outside = (ending: string, given: string) => ({
  'never given': at('outside', `secret.${ending}`),
  'never given, and not there': at('outside', `gone.${ending}`),
  'up and over': `${at(given)}/../outside/secret.${ending}`,
  'a link out of the folder': at(given, `link.${ending}`),
  'a device': '/dev/zero',
  'a device by a name': `/dev/fd/0.${ending}`,
  'not whole': ending === 'csv' ? '../../secret.csv' : `secret.${ending}`,
});

const design = irisDesign(1);
const sources = [
  { kind: 'csv', path: 'table.csv', columns: {}, missing: 'dropRow' },
  { kind: 'imageFolder', path: '', channels: 'grey', fit: 'stretch' },
];

/** Sound parameters by name, in every kind there is; a request with a name that is not here fails below and says so. */
function variants(): Record<string, unknown>[] {
  return sources.flatMap((source) => {
    const data = {
      ...design.data,
      source: { ...source, path: source.kind === 'csv' ? 'table.csv' : at('work', 'pics') },
    };
    const document = { ...design, data };
    const documentPath = GOOD.design();
    const common = {
      document,
      documentPath,
      settings: data,
      path: GOOD.design(),
      text: 'written',
      known: null,
      replace: true,
      id: null,
      fingerprint: null,
      key: 'window',
      name: 'net',
      what: 'design.open',
      folder: null,
      dialog: 'none',
      runId: 'none',
      split: null,
      offset: 0,
      count: 1,
      format: 'keras-code',
    };
    return [
      { ...common, source: { kind: 'document', document, documentPath } },
      { ...common, source: { kind: 'run', runId: 'none', weights: 'best' } },
    ];
  });
}

interface Case {
  readonly method: HostMethod;
  readonly params: Record<string, unknown>;
  readonly found: FoundPath;
}

function withPath(params: Record<string, unknown>, { at: keys }: FoundPath, path: string): Record<string, unknown> {
  const copy = structuredClone(params);
  const holder = keys.slice(0, -1).reduce<unknown>((value, key) => Reflect.get(Object(value), key), copy);
  Reflect.set(Object(holder), keys.at(-1) ?? '', path);
  return copy;
}

/** Each path of each request, once, in a message that is otherwise sound. */
function cases(): Case[] {
  const all: Case[] = [];
  const seen = new Set<string>();
  for (const [name, { params: schema }] of Object.entries(hostMethods)) {
    const plan = planPaths(schema);
    if (plan === null) continue;
    const method = name as HostMethod;
    for (const named of variants()) {
      const given = Object.fromEntries(Object.entries(named).filter(([key]) => Object.hasOwn(schema.shape, key)));
      const parsed = schema.safeParse(given);
      if (!parsed.success) throw new Error(`Say in variants() what is sound for ${name}: ${parsed.error.message}`);
      let params: Record<string, unknown> = given;
      for (const found of pathsIn(plan, given)) params = withPath(params, found, GOOD[found.purpose]());
      for (const found of pathsIn(plan, params)) {
        const key = `${name} ${found.at.join('.')} ${found.purpose}`;
        if (seen.has(key)) continue;
        seen.add(key);
        all.push({ method, params, found });
      }
    }
  }
  return all;
}

async function answerOf(method: string, params: unknown): Promise<{ text: string; code: string | null }> {
  const text = await answerTo(host, JSON.stringify({ id: 1, method, params }));
  const reply = toldSchema.parse(JSON.parse(text));
  if (!('ok' in reply)) throw new Error('It is no answer.');
  return { text, code: reply.ok ? null : reply.problem.code };
}

async function treeOf(path: string): Promise<string[]> {
  const names = (await readdir(path, { recursive: true })).sort();
  return Promise.all(
    names.map(async (name) => {
      const is = await stat(join(path, name));
      return `${name} ${is.mtimeMs} ${is.isFile() ? await readFile(join(path, name), 'utf8') : ''}`;
    }),
  );
}

const REFUSALS = ['not-granted', 'file-kind', 'path-not-absolute'];

describe('a path that was never given to a window', () => {
  it('is refused in every request that carries one, and nothing is read or written', async () => {
    const before = await treeOf(at('outside'));
    const methods = new Set<string>();
    let tried = 0;
    for (const { method, params, found } of cases()) {
      if (found.purpose === 'start') continue;
      methods.add(method);
      const bad = BAD[found.purpose]?.() ?? {};
      for (const [why, path] of Object.entries(bad)) {
        const { text, code } = await answerOf(method, withPath(params, found, path));
        expect(REFUSALS, `${method}, ${found.at.join('.')}: ${why} (${path}): ${text.slice(0, 300)}`).toContain(code);
        expect(text, `${method}: ${why}`).not.toContain('SECRET');
        tried++;
      }
    }
    expect(await treeOf(at('outside'))).toEqual(before);
    expect([...methods].sort()).toEqual(
      Object.entries(hostMethods)
        .filter(([name, { params }]) => planPaths(params) !== null && name !== 'dialog.show')
        .map(([name]) => name)
        .sort(),
    );
    expect(tried).toBeGreaterThan(100);
  });

  it('and the same requests are heard with paths that were', async () => {
    for (const { method, params } of cases()) {
      if (method === 'train.start') continue; // Begins a run: see below.
      const { text, code } = await answerOf(method, params);
      expect(REFUSALS, `${method}: ${text.slice(0, 300)}`).not.toContain(code);
    }
  });

  it('is told in a sentence, with a button where a file can be chosen', async () => {
    const path = at('outside', 'secret.csv');
    const data = { ...design.data, source: { kind: 'csv' as const, path, columns: {}, missing: 'dropRow' as const } };
    const documentPath = at('work', 'net.loom');
    await expect(client.call('data.describe', { settings: data, documentPath })).rejects.toMatchObject({
      problem: {
        code: 'not-granted',
        message: expect.stringContaining(path),
        fixes: [
          {
            label: 'Choose it…',
            host: {
              method: 'dialog.show',
              params: { what: 'data.table', name: 'secret.csv', folder: at('outside') },
            },
          },
        ],
      },
    });
    await expect(client.call('documents.open', { path: '/etc/other.loom' })).rejects.toMatchObject({
      problem: { code: 'not-granted', fixes: [{ host: { params: { what: 'design.open' } } }] },
    });
  });
});

describe('the contract', () => {
  const isPathName = (key: string) => /path|folder|directory|file/i.test(key);

  /** Texts with the name of a path that are not marked as one. */
  function unmarked(schema: z.core.$ZodType, key: string, inside: readonly z.core.$ZodType[] = []): string[] {
    if (inside.includes(schema)) return [];
    const within = [...inside, schema];
    if (schema instanceof z.ZodString) return isPathName(key) && pathPurpose(schema) === undefined ? [key] : [];
    if (schema instanceof z.ZodObject)
      return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, one]) => unmarked(one, name, within));
    // Keys of the document's own, not of the disk.
    if (schema instanceof z.ZodArray && schema.element instanceof z.ZodString) return [];
    return Object.values(schema._zod.def)
      .flat()
      .filter((part): part is z.core.$ZodType => part instanceof z.core.$ZodType)
      .flatMap((part) => unmarked(part, key, within));
  }

  it('marks every path in what windows send', () => {
    for (const [method, { params }] of Object.entries(hostMethods)) expect(unmarked(params, ''), method).toEqual([]);
    expect(unmarked(z.object({ inner: z.object({ filePath: z.string().nullable() }) }), '')).toEqual(['filePath']);
  });

  it('cannot hide one', () => {
    const path = pathFor('table');
    expect(
      pathsIn(planPaths(z.object({ many: z.array(z.record(z.string(), path)) })), { many: [{ a: '/x' }] }),
    ).toEqual([{ purpose: 'table', path: '/x', at: ['many', '0', 'a'], design: null }]);
    expect(() => planPaths(z.object({ either: z.union([z.number(), path]) }))).toThrow('union');
    expect(() => planPaths(z.object({ later: path.transform((text) => text.length) }))).toThrow('pipe');
  });
});

describe('what is given', () => {
  const table = (path: string) => ({
    ...design.data,
    source: { kind: 'csv' as const, path, columns: {}, missing: 'dropRow' as const },
  });
  const describeData = (path: string, documentPath: string | null) =>
    client.call('data.describe', { settings: table(path), documentPath });
  const refused = { problem: { code: 'not-granted' } };

  it('with a design are the data in its folder and below, but nothing hidden', async () => {
    const net = at('work', 'net.loom');
    await mkdir(at('work', 'deep', '.hidden'), { recursive: true });
    for (const name of ['deep/t.csv', 'deep/.hidden/t.csv']) await writeFile(at('work', name), 'a,b\n1,x\n2,y\n');
    expect((await describeData('deep/t.csv', net)).summary.samples).toBe(2);
    expect((await describeData(at('work', 'deep', 't.csv'), net)).summary.samples).toBe(2);
    await expect(describeData('deep/.hidden/t.csv', net)).rejects.toMatchObject(refused);
    // Without the design, it says nothing of where they lie.
    await expect(describeData(at('work', 'deep', 't.csv'), null)).rejects.toMatchObject(refused);
  });

  it('by choosing data outside is remembered with the design, over a restart, and with no other', async () => {
    const home = at('home2');
    const first = await startHost(home);
    const [one, two] = [at('work', 'net.loom'), at('work', 'other.loom')];
    const far = at('outside', 'secret.csv');
    const window = connectTo(first);
    for (const path of [one, two]) await first.give(path);
    expect(await choose(window, 'data.table', far)).toBe(far);
    await window.call('data.describe', { settings: table(far), documentPath: one });
    await first.close();
    expect((await stat(join(home, 'grants.json'))).mode & 0o077).toBe(0);

    const second = await startHost(home);
    try {
      const later = connectTo(second);
      for (const path of [one, two]) await second.give(path);
      await later.call('data.describe', { settings: table(far), documentPath: one });
      await expect(later.call('data.describe', { settings: table(far), documentPath: two })).rejects.toMatchObject(
        refused,
      );
      await expect(later.call('data.describe', { settings: table(far), documentPath: null })).rejects.toMatchObject(
        refused,
      );
    } finally {
      await second.close();
    }
  });

  it('once are the designs in the list of recent files and those that unsaved work belongs to', async () => {
    const home = at('home3');
    const path = at('work', 'kept.loom');
    const [first, ...others] = [await startHost(home)];
    expect(others).toEqual([]);
    const window = connectTo(first);
    await choose(window, 'design.save', path);
    await window.call('documents.save', { path, text: 'kept', known: null });
    await window.call('documents.autosave', { key: 'k', path, name: 'kept', text: 'more' });
    await first.close();
    const second = await startHost(home);
    try {
      const later = connectTo(second);
      expect((await later.call('documents.open', { path })).text).toBe('kept');
      await later.call('recents.remove', { path });
    } finally {
      await second.close();
    }
    const third = await startHost(home);
    try {
      const last = connectTo(third);
      await expect(last.call('documents.open', { path })).rejects.toMatchObject(refused);
      expect((await last.call('recovery.read', { key: 'k' })).path).toBe(path);
      expect((await last.call('documents.open', { path })).text).toBe('kept');
      // A design that was replaced by a link leads nowhere else.
      await rm(path);
      await symlink(at('outside', 'secret.loom'), path);
      await expect(last.call('documents.open', { path })).rejects.toMatchObject(refused);
    } finally {
      await third.close();
    }
  });

  it('by a dialog is what it was for', async () => {
    await expect(choose(client, 'data.table', at('work', 'notes.env'))).rejects.toMatchObject({
      problem: { code: 'file-kind', message: expect.stringContaining('.csv') },
    });
    await choose(client, 'data.table', at('outside', 'secret.csv'));
    const exported = { kind: 'document' as const, document: design as never, documentPath: null };
    const write = (path: string) => client.call('export.write', { source: exported, format: 'keras-code', path });
    await expect(write(at('outside', 'secret.csv'))).rejects.toMatchObject(refused);
    await expect(write(at('outside', 'new.py'))).rejects.toMatchObject(refused);
    // With the ending that the host puts to it.
    expect(await choose(client, 'export.keras-code', at('outside', 'new'))).toBe(at('outside', 'new.py'));
    await write(at('outside', 'new.py'));
    expect(await readFile(at('outside', 'new.py'), 'utf8')).toContain('import keras');
  });
});
