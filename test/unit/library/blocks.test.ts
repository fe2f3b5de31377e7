import { expect, test } from 'vitest';
import { blockPorts, parseDocument, serialiseDocument } from '../../../core/document/index.ts';
import { analyse } from '../../../core/graph/index.ts';
import { findBlock, listBlocks, Sketch } from '../../../core/library/index.ts';
import { BLOCK_CASES, type BlockCase } from './blockCases.ts';

/** A design that is one block: an Input before each of its inputs, an Output behind each of its outputs. */
function around({ id, inputs, values = {} }: BlockCase) {
  const block = findBlock(id)?.create();
  const definition = block?.graphs.find((graph) => graph.id === block.root);
  if (block === undefined || definition === undefined) throw new Error(`No block ${id}`);
  const sketch = new Sketch();
  const reads = inputs.map((shape, row) => sketch.layer('Input', { column: 0, row }, [], { shape: [...shape] }));
  const use = sketch.block({ block, values, name: 'use' }, { column: 1 }, reads);
  blockPorts(definition).outputs.forEach(({ name }, row) => {
    sketch.layer('Output', { column: 2, row }, [{ node: use, port: name }], { loss: 'meanSquaredError' });
  });
  return { document: sketch.document('One block', {}, {}), use };
}

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
