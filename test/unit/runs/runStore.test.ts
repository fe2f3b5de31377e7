import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument, parseDocument } from '../../../core/document/index.ts';
import type { MetricPoint } from '../../../core/runs/index.ts';
import { RUN_FILES, type RunStore, runStore, truncateMetrics } from '../../../core/runs/node.ts';

let root = '';
let store: RunStore;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'layerloom-runs-'));
  store = runStore(join(root, 'runs'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const point = (step: number): MetricPoint => ({
  kind: 'step',
  step,
  epoch: step / 10,
  time: step,
  values: { loss: 1 / step },
});

describe('create, list, read', () => {
  it('lays out a run and numbers runs of one design', async () => {
    expect(await store.list()).toEqual([]);
    const first = await store.create(emptyDocument('Digits CNN'), '/tmp/x.loom');
    const second = await store.create(emptyDocument('Digits CNN'), null);
    const other = await store.create(emptyDocument('ö / ..'), null);
    expect([first, second, other].map(({ record }) => record.name)).toEqual([
      'Digits CNN 1',
      'Digits CNN 2',
      'ö / .. 1',
    ]);
    expect(first.record).toMatchObject({ status: 'starting', epochs: 20, seed: 42, documentPath: '/tmp/x.loom' });
    expect(first.record.id).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-digits-cnn-[0-9a-f]{4}$/);
    expect(first.dir).toBe(store.dir(first.record.id));
    const document = parseDocument(await store.readDocument(first.record.id));
    expect(document.ok).toBe(true);
    expect(await store.read(second.record.id)).toEqual(second.record);
    expect((await store.list()).map(({ id }) => id).sort()).toEqual(
      [first, second, other].map(({ record }) => record.id).sort(),
    );
  });

  it('uses a folder of one’s own, if it is empty', async () => {
    const dir = join(root, 'my run');
    expect((await store.create(emptyDocument(), null, dir)).dir).toBe(dir);
    await expect(store.create(emptyDocument(), null, dir)).rejects.toThrow(/is not empty/);
    expect(await store.list()).toEqual([]);
  });

  it('takes no paths for ids', async () => {
    for (const id of ['..', '../x', 'a/b', '', '/etc']) await expect(store.read(id)).rejects.toThrow(/There is no run/);
    await expect(store.delete('nothing')).rejects.toThrow(/There is no run/);
  });
});

describe('damage', () => {
  it('lists a run with a broken record as failed, and it can be deleted', async () => {
    const good = await store.create(emptyDocument('good'), null);
    const bad = await store.create(emptyDocument('bad'), null);
    await writeFile(join(bad.dir, RUN_FILES.record), '{"id": "x", "na');
    await mkdir(join(store.runsDir, 'no-record'));
    await writeFile(join(store.runsDir, 'a file'), '');
    const list = await store.list();
    expect(list.map(({ id, status }) => [id, status]).sort()).toEqual(
      [
        [bad.record.id, 'failed'],
        [good.record.id, 'starting'],
      ].sort(),
    );
    expect(list.find(({ id }) => id === bad.record.id)?.problem?.code).toBe('run-broken');
    await store.delete(bad.record.id);
    expect(await store.list()).toHaveLength(1);
  });

  it('passes over a truncated line and goes on after it', async () => {
    const { record, dir } = await store.create(emptyDocument(), null);
    expect(await store.readMetrics(record.id)).toEqual([]);
    await store.appendMetrics(dir, [point(1), point(2)]);
    await appendFile(join(dir, RUN_FILES.metrics), '{"kind":"step","st');
    expect(await store.readMetrics(record.id)).toEqual([point(1), point(2)]);
    await store.appendMetrics(dir, [point(3)]);
    await store.appendMetrics(dir, []);
    expect(await store.readMetrics(record.id)).toEqual([point(1), point(2), point(3)]);
    await truncateMetrics(dir, 2);
    expect(await readFile(join(dir, RUN_FILES.metrics), 'utf8')).toBe(
      `${JSON.stringify(point(1))}\n${JSON.stringify(point(2))}\n`,
    );
  });
});

describe('update, rename', () => {
  it('is never seen half-written, leaves nothing behind, and keeps a new name', async () => {
    const { record, dir } = await store.create(emptyDocument(), null);
    await store.rename(record.id, 'best so far');
    const writes = Array.from({ length: 30 }, (_, epoch) => store.update(dir, { ...record, epoch }));
    const reads = Array.from({ length: 30 }, () => store.read(record.id));
    for (const read of await Promise.all(reads)) expect(read.name).toBe('best so far');
    await Promise.all(writes);
    expect((await store.update(dir, { ...record, epoch: 31, name: 'old' })).name).toBe('best so far');
    expect((await readdir(dir)).sort()).toEqual(['design.loom', 'run.json']);
  });
});

describe('recover', () => {
  it('marks what nobody trains any more, and nothing else', async () => {
    const other = runStore(store.runsDir, 'another program');
    const mine = await store.create(emptyDocument('mine'), null);
    const dead = await other.create(emptyDocument('dead'), null);
    await other.update(dead.dir, { ...dead.record, status: 'running', epoch: 3, saved: { epoch: 1, step: 7 } });
    const ended = await other.create(emptyDocument('ended'), null);
    await other.update(ended.dir, { ...ended.record, status: 'finished' });
    const trained = await other.create(emptyDocument('trained'), null);
    // As the end of the process does.
    await other.release(dead.dir);
    await other.release(ended.dir);

    const changed = await store.recover(0);
    // Within one process every lock counts as its own to `elsewhere`; whether it can be taken is what decides.
    expect(changed.map(({ id }) => id)).toEqual([dead.record.id]);
    expect(changed[0]).toMatchObject({ status: 'interrupted', problem: { code: 'run-interrupted' } });
    expect(changed[0]?.problem?.message).toContain('after 3 of 20 epochs');
    // The checkpoint is two epochs behind: what is lost is said.
    expect(changed[0]?.problem?.message).toContain('last checkpoint was written after epoch 1');
    for (const { record } of [mine, trained]) expect((await store.read(record.id)).status).toBe('starting');
    await expect(store.delete(trained.record.id)).rejects.toThrow(/is being trained by another program/);
    await expect(store.claim(trained.dir)).rejects.toThrow(/is being trained by another program \(process \d+\)/);
    await other.release(trained.dir);
    expect((await store.recover(0)).map(({ id }) => id)).toEqual([trained.record.id]);
    expect(await store.recover(0)).toEqual([]);
    await store.delete(trained.record.id);
    await expect(stat(trained.dir)).rejects.toThrow();
  });

  it('interrupts one run under a living host', async () => {
    const { dir } = await store.create(emptyDocument(), null);
    expect((await store.interrupt(dir, 'The engine was killed.'))?.problem?.message).toBe('The engine was killed.');
    expect(await store.interrupt(dir, 'Again.')).toBeNull();
  });
});
