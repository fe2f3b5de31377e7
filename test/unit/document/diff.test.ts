import { expect, it } from 'vitest';
import { diffDocuments, emptyDocument, type LoomDocument, parseDocument } from '../../../core/document/index.ts';
import { findTemplate } from '../../../core/templates/index.ts';
import { edited } from '../../edits.ts';
import { SMALL_TEMPLATES } from '../../smallTemplates.ts';

const cnn = findTemplate('digits-cnn')?.create() ?? emptyDocument();
const dense = Object.values(cnn.graphs.main?.nodes ?? {}).find((node) => node.type === 'Dense');
if (dense === undefined) throw new Error('The template has no Dense layer any more.');

it('names a changed parameter with both values', () => {
  const units = dense.params.units;
  expect(diffDocuments(cnn, edited(cnn, 'setParam', { nodeId: dense.id, param: 'units', value: 77 }))).toEqual([
    { kind: 'changed', what: 'parameter', subject: dense.name, detail: 'units', before: units, after: 77 },
  ]);
});

it('names added and removed layers with their wires', () => {
  const without = edited(cnn, 'deleteItems', { nodeIds: [dense.id], edgeIds: [], relink: true });
  const changes = diffDocuments(cnn, without);
  expect(changes).toContainEqual({ kind: 'removed', what: 'layer', subject: dense.name, detail: 'Dense' });
  expect(
    changes
      .filter((change) => change.what === 'wire')
      .map((change) => change.kind)
      .sort(),
  ).toEqual(['added', 'removed', 'removed']);
  expect(diffDocuments(without, cnn)).toContainEqual({
    kind: 'added',
    what: 'layer',
    subject: dense.name,
    detail: 'Dense',
  });
});

it('takes two layers of one id and different types for two layers', () => {
  const other = edited(cnn, 'replaceLayer', { nodeId: dense.id, type: 'Dropout' });
  expect(
    diffDocuments(cnn, other)
      .filter((change) => change.what === 'layer')
      .map(({ kind, detail }) => `${kind} ${detail}`),
  ).toEqual(['removed Dense', 'added Dropout']);
});

it('names settings by their place, names, and what this version does not know', () => {
  const trained = edited(cnn, 'setTraining', { training: { epochs: 3, optimizer: { name: 'sgd' } } });
  const changes = diffDocuments(cnn, edited(trained, 'renameDocument', { name: 'Other' }));
  const found = Object.fromEntries(changes.map((change) => [change.subject, change.after]));
  expect(found).toMatchObject({ name: 'Other', 'training.epochs': 3, 'training.optimizer.name': 'sgd' });
  const future = { ...cnn, notes: [1] } as LoomDocument;
  expect(diffDocuments(cnn, future)).toEqual([
    { kind: 'added', what: 'setting', subject: 'notes', detail: '', after: [1] },
  ]);
});

it('is empty for equal documents, and never for different ones', () => {
  for (const template of SMALL_TEMPLATES) {
    const document = template.create();
    const copy = JSON.parse(JSON.stringify(document)) as LoomDocument;
    expect(diffDocuments(document, copy)).toEqual([]);
    // Every single leaf of the text changed, one at a time.
    const leaves: (readonly (string | number)[])[] = [];
    const walk = (value: unknown, path: readonly (string | number)[]) => {
      if (typeof value === 'object' && value !== null)
        for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
      else leaves.push(path);
    };
    walk(document, []);
    for (const path of leaves.filter((_, i) => i % 7 === 0)) {
      const changed = JSON.parse(JSON.stringify(document));
      let at = changed;
      for (const key of path.slice(0, -1)) at = at[key];
      const last = path.at(-1) ?? '';
      // A graph's id repeats its key.
      if (path[0] === 'graphs' && path.length === 3) continue;
      at[last] = 'changed by the test';
      expect(diffDocuments(document, changed), path.join('.')).not.toEqual([]);
    }
  }
});

it('copes with keys that every object has', () => {
  const text = JSON.stringify({ ...cnn, constructor: { a: 1 } });
  const parsed = parseDocument(text);
  expect(parsed.ok && diffDocuments(cnn, parsed.value.document)).toMatchObject([
    { kind: 'added', subject: 'constructor' },
  ]);
});
