import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import {
  type Edge,
  type Graph,
  type LayerNode,
  type LoomDocument,
  parseDocument,
} from '../../../core/document/index.ts';
import {
  analyse,
  canConnect,
  createAnalyser,
  createExpander,
  expand,
  pathTo,
  portsOf,
} from '../../../core/graph/index.ts';

const parsed = parseDocument(readFileSync(join(import.meta.dirname, '../../fixtures/blocks/nested.loom'), 'utf8'));
if (!parsed.ok) throw new Error(parsed.error.message);
const nested: LoomDocument = parsed.value.document;

const problemsOf = (document: LoomDocument) => analyse({ document, dataset: null }).problems;
const errorsOf = (document: LoomDocument) => problemsOf(document).filter(({ severity }) => severity === 'error');

function withGraph(document: LoomDocument, id: string, change: (graph: Graph) => Partial<Graph>): LoomDocument {
  const graph = document.graphs[id];
  if (graph === undefined) throw new Error(id);
  return { ...document, graphs: { ...document.graphs, [id]: { ...graph, ...change(graph) } } };
}

function withParams(document: LoomDocument, id: string, node: string, params: LayerNode['params']): LoomDocument {
  return withGraph(document, id, ({ nodes }) => {
    const known = nodes[node];
    if (known === undefined) throw new Error(node);
    return { nodes: { ...nodes, [node]: { ...known, params: { ...known.params, ...params } } } };
  });
}

const without = (edges: Graph['edges'], id: string): Record<string, Edge> =>
  Object.fromEntries(Object.entries(edges).filter(([key]) => key !== id));

test('layers of blocks have paths, say where they come from, and have the values of their use', () => {
  const { graph, origins } = expand(nested);
  expect(graph.nodes['n3/u[1]/c']?.name).toBe('stage/unit[1]/conv');
  expect(graph.nodes['n3/u[1]/c']?.params.filters).toBe(8);
  expect(graph.nodes['n3/u[1]/d']?.params.rate).toBe(0.125);
  expect(origins.get('n3/u[1]/c')).toEqual({
    graph: 'residual',
    node: 'c',
    uses: [
      { graph: 'main', node: 'n3', iteration: null },
      { graph: 'stage', node: 'u', iteration: 1 },
    ],
  });
  expect(graph.nodes.n2).toBe(nested.graphs.main?.nodes.n2);
});

test('a use has the shapes at its ports and what its layers amount to', () => {
  const { nodes } = analyse({ document: nested, dataset: null });
  // Two times a 3 × 3 convolution from 8 to 8 channels with biases, and four numbers a channel of batch norm.
  const unit = 9 * 8 * 8 + 8 + 4 * 8;
  expect(nodes.get('n3')).toMatchObject({
    inputShapes: [[8, 8, 8]],
    outputShapes: [[4, 4, 8]],
    params: { trainable: 2 * (unit - 16), nonTrainable: 2 * 16 },
  });
  expect(nodes.get('n3/u')?.params.trainable).toBe(2 * (unit - 16));
});

test('a definition is known at every place, with the shapes that pass its ports there and what is wrong with its layers', () => {
  const { nodes, places } = analyse({ document: nested, dataset: null });
  expect([...places].map(([path, { graph }]) => [path, graph])).toEqual([
    ['n3/', 'stage'],
    ['n4/', 'halves'],
    ['n3/u[0]/', 'residual'],
    ['n3/u[1]/', 'residual'],
  ]);
  expect(pathTo(places.get('n3/u[1]/')?.uses ?? [])).toBe('n3/u[1]/');
  // Before the pool the pictures are 8 × 8, behind it 4 × 4; the halves of eight channels have four.
  expect(nodes.get('n3/u[1]/in')?.outputShape).toEqual([8, 8, 8]);
  expect(nodes.get('n3/out')?.outputShape).toEqual([4, 4, 8]);
  expect(nodes.get('n4/second')?.outputShape).toEqual([4, 4, 4]);
  const wrong = analyse({ document: withParams(nested, 'residual', 'd', { rate: 2 }), dataset: null });
  for (const path of ['n3/u[0]/d', 'n3/u[1]/d'])
    expect(wrong.nodes.get(path)?.problems, path).toMatchObject([{ severity: 'error', graph: 'residual', path }]);
});

test('an edit in one block makes its own layers anew, infers what it reaches, and leaves the rest as it is', () => {
  const made: string[] = [];
  const expandAgain = createExpander((path) => made.push(path));
  const before = expandAgain(nested);
  expect(expandAgain({ ...nested }).graph).toEqual(before.graph);
  made.length = 0;
  const inferred: string[] = [];
  const analyser = createAnalyser({ onInfer: (id) => inferred.push(id) });
  const first = analyser({ document: nested, dataset: null });
  inferred.length = 0;
  const edited = withParams(nested, 'halves', 'l', { filters: 6 });
  const after = expandAgain(edited);
  expect(made).toEqual(['n4/']);
  expect(after.graph.nodes['n3/u[0]/c']).toBe(before.graph.nodes['n3/u[0]/c']);
  expect(after.graph.edges).toBe(before.graph.edges);
  const second = analyser({ document: edited, dataset: null });
  expect(inferred).toEqual(['n4/l', 'n5', 'n6', 'n7']);
  expect(second.nodes.get('n3')).toBe(first.nodes.get('n3'));
});

test('what is wrong inside is told once, of the layer in its definition', () => {
  const [problem, ...more] = errorsOf(withParams(nested, 'residual', 'd', { rate: 2 }));
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ graph: 'residual', nodeId: 'd', path: 'n3/u[0]/d', param: 'rate' });
  expect(
    analyse({ document: withParams(nested, 'residual', 'd', { rate: 2 }), dataset: null }).nodes.get('n3')?.problems,
  ).toEqual([problem]);
});

test.each([
  [
    'a ring',
    withParams(nested, 'residual', 'c', {}),
    'residual',
    'stage',
    /“Stage” holds itself: “Stage” holds “Residual”, which holds “Stage”/,
  ],
  ['itself', nested, 'stage', 'stage', /“Stage” holds itself, so it would never end/],
])('a block that contains %s is named', (_, document, into, used, message) => {
  const looped = withGraph(document, into, ({ nodes }) => ({
    nodes: {
      ...nodes,
      again: {
        id: 'again',
        type: 'Block',
        typeVersion: 1,
        name: 'again',
        params: { graph: used },
        position: { x: 0, y: 0 },
      },
    },
  }));
  const [problem] = errorsOf(looped);
  expect(problem?.code).toBe('block-ring');
  expect(problem?.message).toMatch(message);
});

test.each([
  ['block-missing', withParams(nested, 'main', 'n3', { graph: 'nowhere' }), /no block of the id “nowhere”/],
  ['network-too-large', withParams(nested, 'stage', 'u', { repeat: 1e9 }), /20,000 are the most/],
  ['block-invalid', withParams(nested, 'main', 'n3', { share: true }), /“stage” does not say how it uses a block/],
  ['block-expression', withParams(nested, 'residual', 'c', { filters: '=width' }), /no parameter of the name “width”/],
  ['block-repeat', withParams(nested, 'main', 'n4', { repeat: 2 }), /1 input and 2 outputs/],
])('%s', (code, document, message) => {
  const problem = errorsOf(document).find((one) => one.code === code);
  expect(problem?.message).toMatch(message);
});

test('thirty-three levels of blocks are one too many', () => {
  const base = nested.graphs.halves;
  if (base === undefined) throw new Error('halves');
  const level = (i: number): Graph => ({
    id: `level${i}`,
    nodes: {
      b: {
        id: 'b',
        type: 'Block',
        typeVersion: 1,
        name: 'b',
        params: { graph: `level${i + 1}` },
        position: { x: 0, y: 0 },
      },
    },
    edges: {},
  });
  const deep = (levels: number) => ({
    ...withParams(nested, 'main', 'n4', { graph: 'level1' }),
    graphs: {
      ...withParams(nested, 'main', 'n4', { graph: 'level1' }).graphs,
      ...Object.fromEntries(Array.from({ length: levels - 1 }, (_, i) => [`level${i + 1}`, level(i + 1)])),
      [`level${levels}`]: { id: `level${levels}`, nodes: {}, edges: {} },
    },
  });
  expect(errorsOf(deep(33)).map(({ code }) => code)).toContain('block-too-deep');
  expect(errorsOf(deep(32)).map(({ code }) => code)).not.toContain('block-too-deep');
});

test('a port without a wire is named where the wire is missing', () => {
  const outside = errorsOf(withGraph(nested, 'main', ({ edges }) => ({ edges: without(edges, 'e2') })));
  expect(outside).toHaveLength(1);
  expect(outside[0]).toMatchObject({ code: 'unconnected-input', nodeId: 'n3', port: 'in' });
  expect(outside[0]?.message).toContain('the input “x” of the block “stage”');
  const inside = errorsOf(withGraph(nested, 'halves', ({ edges }) => ({ edges: without(edges, 'e4') })));
  expect(inside.find(({ code }) => code === 'unconnected-input')).toMatchObject({
    code: 'unconnected-input',
    graph: 'halves',
    nodeId: 'second',
  });
});

test('wires in a circle through blocks alone end somewhere', () => {
  const through = withGraph(nested, 'halves', ({ nodes }) => ({
    nodes: Object.fromEntries(['in', 'first', 'second'].flatMap((id) => (nodes[id] ? [[id, nodes[id]]] : []))),
    edges: { e: { id: 'e', source: 'in', sourcePort: 'out', target: 'first', targetPort: 'in', order: 0 } },
  }));
  const looped = withGraph(through, 'main', ({ edges }) => ({
    edges: { ...edges, e3: { id: 'e3', source: 'n4', sourcePort: 'first', target: 'n4', targetPort: 'in', order: 0 } },
  }));
  expect(errorsOf(looped).map(({ code }) => code)).toContain('unconnected-input');
});

test('wires meet a use at the ports of its definition, which keep their ids when they are renamed', () => {
  const main = nested.graphs.main as Graph;
  const use = main.nodes.n4 as LayerNode;
  const { inputs, outputs } = portsOf(use, nested.graphs);
  const drawn = Object.values(main.edges);
  expect(inputs.map(({ name }) => name).sort()).toEqual(
    drawn
      .filter(({ target }) => target === 'n4')
      .map(({ targetPort }) => targetPort)
      .sort(),
  );
  expect(outputs).toHaveLength(2);
  const [first] = outputs;
  const renamed = withGraph(nested, 'halves', ({ nodes }) => ({
    nodes: { ...nodes, [first?.name ?? '']: { ...(nodes[first?.name ?? ''] as LayerNode), name: 'other' } },
  }));
  expect(portsOf(use, renamed.graphs).outputs[0]).toEqual({ ...first, label: 'other' });
  expect(portsOf(use, {}).outputs).toHaveLength(1);
  const to = { nodeId: 'n7', port: 'in' };
  expect(canConnect(main, { nodeId: 'n4', port: 'none' }, to, nested.graphs).ok).toBe(false);
});

test('a use that leads nowhere is told once, of the use: its definition is right in another', () => {
  const main = nested.graphs.main as Graph;
  const into = Object.values(main.edges).find(({ target }) => target === 'n3') as Edge;
  const parked = withGraph(nested, 'main', ({ nodes, edges }) => ({
    nodes: { ...nodes, twin: { ...(nodes.n3 as LayerNode), id: 'twin', name: 'twin' } },
    edges: { ...edges, extra: { ...into, id: 'extra', target: 'twin' } },
  }));
  const [problem, ...more] = problemsOf(parked).filter(({ code }) => code === 'unreachable');
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ nodeId: 'twin', severity: 'warning' });
  expect(problem?.graph).toBeUndefined();
  const [fix] = problem?.fixes ?? [];
  if (fix === undefined || !('edit' in fix)) throw new Error('no fix');
  const mended = applyCommand(parked, fix.edit);
  expect(mended.ok && mended.value.document.graphs).toEqual(nested.graphs);
});
