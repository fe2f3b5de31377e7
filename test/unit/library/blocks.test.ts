import { expect, test } from 'vitest';
import { parseDocument, serialiseDocument } from '../../../core/document/index.ts';
import { analyse } from '../../../core/graph/index.ts';
import type { JsonObject } from '../../../core/json.ts';
import { findBlock, listBlocks, Sketch } from '../../../core/library/index.ts';
import type { Shape } from '../../../core/tensor/index.ts';

/** A design that is one block: what arrives at each of its inputs, and an Output at each of its outputs. */
function around(id: string, inputs: readonly Shape[], values: JsonObject = {}) {
  const block = findBlock(id)?.create();
  if (block === undefined) throw new Error(`No block ${id}`);
  const sketch = new Sketch();
  const reads = inputs.map((shape, row) => sketch.layer('Input', { column: 0, row }, [], { shape: [...shape] }));
  const use = sketch.block({ block, values, name: 'use' }, { column: 1 }, reads);
  const root = block.graphs.find((graph) => graph.id === block.root);
  Object.values(root?.nodes ?? {})
    .filter(({ type }) => type === 'BlockOutput')
    .forEach(({ name }, row) => {
      sketch.layer('Output', { column: 2, row }, [{ node: use, port: name }], { loss: 'meanSquaredError' });
    });
  return { document: sketch.document('One block', {}, {}), use };
}

/** Weights by hand: a k×k convolution without bias; batch norm's scale and offset, and its moving statistics. */
const conv = (k: number, from: number, to: number) => k * k * from * to;
const norm = (channels: number) => ({ trainable: 2 * channels, nonTrainable: 2 * channels });

interface Case {
  readonly id: string;
  readonly values?: JsonObject;
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  readonly trainable: number;
  readonly nonTrainable: number;
}

const CASES: readonly Case[] = [
  {
    id: 'residual-v1-identity',
    inputs: [[8, 8, 64]],
    outputs: [[8, 8, 64]],
    trainable: 2 * (conv(3, 64, 64) + norm(64).trainable),
    nonTrainable: 2 * norm(64).nonTrainable,
  },
  {
    id: 'residual-v1-projection',
    inputs: [[8, 8, 3]],
    outputs: [[4, 4, 64]],
    trainable: conv(3, 3, 64) + conv(3, 64, 64) + conv(1, 3, 64) + 3 * norm(64).trainable,
    nonTrainable: 3 * norm(64).nonTrainable,
  },
  {
    id: 'residual-v1-plain-projection',
    values: { filters: 16, stride: 1, useBias: true },
    inputs: [[8, 8, 3]],
    outputs: [[8, 8, 16]],
    trainable: conv(3, 3, 16) + conv(3, 16, 16) + conv(1, 3, 16) + 3 * 16 + 2 * norm(16).trainable,
    nonTrainable: 2 * norm(16).nonTrainable,
  },
];

test.each(CASES)(
  '$id has its shapes and as many weights as its paper gives it',
  ({ id, values, inputs, outputs, trainable, nonTrainable }) => {
    const { document, use } = around(id, inputs, values);
    const { nodes, problems } = analyse({ document, dataset: null });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(nodes.get(use)).toMatchObject({ outputShapes: outputs, params: { trainable, nonTrainable } });
  },
);

test('every block is counted here, and its definition says what the library says of it', () => {
  expect(new Set(CASES.map(({ id }) => id))).toEqual(new Set(listBlocks().map(({ id }) => id)));
  for (const { id, title, doc, hue, source, create } of listBlocks()) {
    const { graphs, root } = create();
    expect(root).toBe(id);
    expect(graphs.find((graph) => graph.id === root)).toMatchObject({ name: title, doc, hue, source });
  }
});

test.each(CASES)('$id comes back from a file as it is', ({ id, inputs, values }) => {
  const { document } = around(id, inputs, values);
  expect(parseDocument(serialiseDocument(document))).toEqual({ ok: true, value: { document, problems: [] } });
});
