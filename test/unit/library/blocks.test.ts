import { expect, test } from 'vitest';
import { parseDocument, serialiseDocument } from '../../../core/document/index.ts';
import { analyse } from '../../../core/graph/index.ts';
import { listBlocks } from '../../../core/library/index.ts';
import { BLOCK_CASES } from './blockCases.ts';
import { around } from './blockDesign.ts';

test.each(BLOCK_CASES)('$id has its shapes and as many weights as its paper gives it', (made) => {
  const { document, use } = around(made);
  const { nodes, problems } = analyse({ document, dataset: null });
  expect(problems.filter(({ code }) => code !== 'no-data')).toEqual([]);
  expect(nodes.get(use)).toMatchObject({
    outputShapes: made.outputs,
    params: { trainable: made.trainable, nonTrainable: 2 * made.normalised },
  });
  expect(parseDocument(serialiseDocument(document))).toEqual({ ok: true, value: { document, problems: [] } });
});

test('every block has its figures here, and its definition says what the library says of it', () => {
  expect(BLOCK_CASES.map(({ id }) => id)).toEqual(listBlocks().map(({ id }) => id));
  for (const { id, title, doc, hue, source, create } of listBlocks()) {
    const { graphs, root } = create();
    expect(root).toBe(id);
    expect(graphs.find((graph) => graph.id === root)).toMatchObject({ name: title, doc, hue, source });
  }
});

test('every parameter of every block says what it is, and changes something', () => {
  for (const { id, create } of listBlocks()) {
    const { graphs, root } = create();
    const { parameters = {}, nodes } = graphs.find((graph) => graph.id === root) ?? { nodes: {} };
    const formulas = JSON.stringify(nodes).match(/"=[^"]*"/g) ?? [];
    for (const [name, { label, help, kind }] of Object.entries(parameters)) {
      expect([id, name, label, help, kind]).not.toContain(undefined);
      expect([id, name, formulas.some((formula) => new RegExp(`\\b${name}\\b`).test(formula))]).toEqual([
        id,
        name,
        true,
      ]);
    }
  }
});
