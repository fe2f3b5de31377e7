import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  designChanges,
  emptyDocument,
  type LoomDocument,
  parseDocument,
  serialiseDocument,
  withDocumentId,
} from '../../../core/document/index.ts';
import { DOCUMENT_PLACES, documentIds, openDocument } from '../../../core/host/node.ts';
import { newRecord } from '../../../core/runs/newRecord.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { belonging } from '../../../renderer/stores/ownRuns.ts';
import { edited } from '../../edits.ts';

const iris = findTemplate('iris-mlp')?.create() ?? emptyDocument();

describe('which document a file holds', () => {
  let dir: string;
  let ids: ReturnType<typeof documentIds>;
  const at = (name: string) => join(dir, name);
  const write = (name: string, document: LoomDocument) => writeFileSync(at(name), serialiseDocument(document));
  const open = async (name: string) => {
    const { path, text, fingerprint } = await openDocument(at(name));
    const parsed = parseDocument(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    return ids.identify({ path, id: parsed.value.document.id ?? null, fingerprint });
  };
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'layerloom-ids-'));
    ids = documentIds(at(DOCUMENT_PLACES));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is kept in the file, and read from it', async () => {
    write('a.loom', withDocumentId(iris, 'first'));
    expect(JSON.parse(readFileSync(at('a.loom'), 'utf8')).id).toBe('first');
    expect(await open('a.loom')).toBe('first');
    expect(await open('a.loom')).toBe('first');
  });

  it('is another one for a copy, the same each time, and stays with a file that was moved', async () => {
    write('a.loom', withDocumentId(iris, 'first'));
    await open('a.loom');
    copyFileSync(at('a.loom'), at('b.loom'));
    const copy = await open('b.loom');
    expect(copy).not.toBe('first');
    // Also after the program was started anew.
    ids = documentIds(at(DOCUMENT_PLACES));
    expect(await open('b.loom')).toBe(copy);
    expect(await open('a.loom')).toBe('first');
    renameSync(at('a.loom'), at('c.loom'));
    expect(await open('c.loom')).toBe('first');
  });

  it('is the copy’s own when a document is saved beside itself', async () => {
    write('a.loom', withDocumentId(iris, 'first'));
    await open('a.loom');
    const saved = (name: string) => ids.identify({ path: at(name), id: 'first', fingerprint: null });
    expect(await saved('a.loom')).toBe('first');
    expect(await saved('b.loom')).not.toBe('first');
  });

  it('of a file without one stays as long as the file does', async () => {
    write('old.loom', iris);
    const first = await open('old.loom');
    expect(await open('old.loom')).toBe(first);
    write('old.loom', edited(iris, 'setTraining', { training: { epochs: 3 } }));
    expect(await open('old.loom')).not.toBe(first);
    write('other.loom', iris);
    expect(await open('other.loom')).not.toBe(first);
  });

  it('is no reason to refuse a file, whatever stands there', () => {
    for (const id of ['', 7, 'x'.repeat(65), null]) {
      const parsed = parseDocument(JSON.stringify({ ...iris, id }));
      expect(parsed.ok && parsed.value.document.id).toBe(undefined);
    }
  });
});

describe('whose a run is', () => {
  const mine = withDocumentId(iris, 'mine');
  const runOf = (document: LoomDocument) => newRecord('run', document, null, new Date(0), []);

  it('goes by the document, never by its name', () => {
    const namesake = withDocumentId(iris, 'another');
    expect(namesake.name).toBe(mine.name);
    expect(belonging(runOf(mine), mine, null)).toBe('own');
    expect(belonging(runOf(mine), edited(mine, 'renameDocument', { name: 'Renamed' }), null)).toBe('own');
    expect(belonging(runOf(namesake), mine, namesake)).toBe('other');
  });

  it('of an older version goes by what it trained', () => {
    expect(runOf(iris).documentId).toBe(undefined);
    expect(belonging(runOf(iris), mine, iris)).toBe('own');
    expect(belonging(runOf(iris), mine, edited(iris, 'setTraining', { training: { epochs: 3 } }))).toBe('older');
    expect(belonging(runOf(iris), mine, null)).toBe('older');
  });
});

describe('what makes it another design', () => {
  const dense = Object.values(iris.graphs.main?.nodes ?? {}).find((node) => node.type === 'Dense');

  it('is not its name, its id, or where its layers stand', () => {
    const moved = edited(iris, 'moveNodes', { positions: { [dense?.id ?? '']: { x: 900, y: 900 } } });
    expect(moved).not.toEqual(iris);
    expect(designChanges(iris, moved)).toEqual([]);
    expect(designChanges(iris, withDocumentId(edited(iris, 'renameDocument', { name: 'Other' }), 'x'))).toEqual([]);
  });

  it('is a layer, a parameter, a setting, or the data', () => {
    const changes = [
      edited(iris, 'setParam', { nodeId: dense?.id ?? '', param: 'units', value: 77 }),
      edited(iris, 'setTraining', { training: { learningRate: 0.5 } }),
      { ...iris, data: { ...iris.data, split: { ...iris.data.split, seed: 1 } } },
    ].map((after) => designChanges(iris, after));
    expect(changes.map((list) => list.map(({ subject, detail }) => `${subject} ${detail}`.trim()))).toEqual([
      [`${dense?.name} units`],
      ['training.learningRate'],
      ['data.split.seed'],
    ]);
  });
});
