import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../core/commands/index.ts';
import { type Edge, emptyDocument, type Graph, type LayerNode, type LoomDocument } from '../../core/document/index.ts';
import { edit } from '../../core/edits.ts';
import { expand, portsOf } from '../../core/graph/index.ts';
import type { JsonObject } from '../../core/json.ts';

/** Layer types with one input, several, one output, several; with formulas where they stand in a block. */
const TYPES: readonly (readonly [type: string, params: JsonObject, inBlock?: JsonObject])[] = [
  ['Dense', { units: 4 }, { units: '=width * 2' }],
  ['ReLU', {}],
  ['Add', {}],
  ['Concatenate', { axis: -1 }],
  ['Split', { parts: 2, axis: -1 }, { parts: '=i == 0 ? 2 : n', axis: -1 }],
  ['Dropout', { rate: 0.5 }, { rate: '=rate' }],
  ['MultiHeadAttention', { heads: 2, keyDim: 2 }],
];

interface Drawn {
  readonly type: number;
  readonly x: number;
  readonly y: number;
}
const drawnNode = fc.record({
  type: fc.nat(),
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -99, max: 99 }),
});
const drawnGraph = fc.record({
  nodes: fc.array(drawnNode, { minLength: 2, maxLength: 9 }),
  wires: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()), { minLength: 3, maxLength: 24 }),
});
type DrawnGraph = typeof drawnGraph extends fc.Arbitrary<infer T> ? T : never;

/** Nodes between some that begin and some that end, wired at random from earlier to later ones. */
function graphFrom(
  id: string,
  { nodes: list, wires }: DrawnGraph,
  graphs: LoomDocument['graphs'],
  more: readonly LayerNode[],
): Graph {
  const inBlock = id !== 'main';
  const node = (key: string, type: string, params: JsonObject, { x, y }: Omit<Drawn, 'type'>): LayerNode => ({
    id: key,
    type,
    typeVersion: 1,
    name: `${type.toLowerCase()}_${key}`,
    params,
    position: { x, y },
  });
  const ends = (type: string, count: number, at: number) =>
    Array.from({ length: count }, (_, order) =>
      node(`${type[0]}${at}${order}`, `${inBlock ? 'Block' : ''}${type}`, inBlock ? { order } : {}, {
        x: at,
        y: order * 100,
      }),
    );
  const inner = list.map(({ type, x, y }, i) => {
    const [name = 'ReLU', params = {}, formulas = params] = TYPES[type % TYPES.length] ?? [];
    // No two at the same place: their order is by place before it is by id.
    return node(`n${i + 1}`, name, inBlock ? formulas : params, { x, y: y + i / 16 });
  });
  const order = [...ends('Input', 2, -600), ...inner, ...more, ...ends('Output', 2, 600)];
  let graph: Graph = { id, nodes: Object.fromEntries(order.map((one) => [one.id, one])), edges: {} };
  for (const [a, b, p, q] of wires) {
    const from = a % order.length;
    const to = from + 1 + (b % Math.max(order.length - from - 1, 1));
    const [source, target] = [order[from], order[to]];
    if (source === undefined || target === undefined) continue;
    const { outputs } = portsOf(source, graphs);
    const { inputs } = portsOf(target, graphs);
    const [output, input] = [outputs[p % outputs.length], inputs[q % inputs.length]];
    if (output === undefined || input === undefined) continue;
    const into = Object.values(graph.edges).filter((e) => e.target === target.id && e.targetPort === input.name);
    if (input.arity === 'one' && into.length > 0) continue;
    if (into.some((e) => e.source === source.id && e.sourcePort === output.name)) continue;
    const key = `e${Object.keys(graph.edges).length + 1}`;
    const edge: Edge = {
      id: key,
      source: source.id,
      sourcePort: output.name,
      target: target.id,
      targetPort: input.name,
      order: into.length,
    };
    graph = { ...graph, edges: { ...graph.edges, [key]: edge } };
  }
  return graph;
}

/** A main graph that uses a block twice, once repeated; the block's values are numbers here and formulas there. */
const design = fc.tuple(drawnGraph, drawnGraph).map(([main, inside]): LoomDocument => {
  const unit: Graph = {
    ...graphFrom('unit', inside, {}, []),
    name: 'Unit',
    parameters: { width: { default: 3 }, rate: { default: 0.25 } },
  };
  const use = (id: string, params: JsonObject): LayerNode => ({
    id,
    type: 'Block',
    typeVersion: 1,
    name: `unit_${id}`,
    params: { graph: 'unit', ...params },
    position: { x: 0, y: 300 },
  });
  const uses = [use('n20', { values: { width: 5 } }), use('n21', { values: { width: '=i + 2' }, repeat: 2 })];
  const empty = emptyDocument();
  return { ...empty, root: 'main', graphs: { main: graphFrom('main', main, { unit }, uses), unit } };
});

const inside = (graph: Graph) => Object.values(graph.nodes).filter(({ type }) => !/Input|Output/.test(type));

/** Whether a way leaves the selection and comes back: followed wire by wire. */
function comesBack({ edges }: Graph, chosen: ReadonlySet<string>): boolean {
  const left = new Set(
    Object.values(edges).flatMap((e) => (chosen.has(e.source) && !chosen.has(e.target) ? [e.target] : [])),
  );
  for (const id of left)
    for (const { source, target } of Object.values(edges)) {
      if (source !== id) continue;
      if (chosen.has(target)) return true;
      left.add(target);
    }
  return false;
}

/** The flat graph with the paths of the layers of one block as they were without it. */
function flatWithout(document: LoomDocument, use: string) {
  const { graph } = expand(document);
  const bare = (path: string) => path.replace(new RegExp(`(^|/)${use}/`), '$1');
  const nodes = Object.values(graph.nodes).map(({ id, name: _, ...rest }) => [bare(id), { ...rest, id: bare(id) }]);
  const edges = Object.values(graph.edges).map((edge) => {
    const [id, source, target] = [edge.id, edge.source, edge.target].map(bare);
    return [id, { ...edge, id, source, target }];
  });
  return { nodes: Object.fromEntries(nodes), edges: Object.fromEntries(edges) };
}

const grouping = fc.tuple(design, fc.boolean(), fc.integer({ min: 1, max: 2 ** 12 - 1 }));

function selectionIn(document: LoomDocument, nested: boolean, mask: number) {
  const id = nested ? 'unit' : 'main';
  const graph = document.graphs[id] ?? { id, nodes: {}, edges: {} };
  return { id, graph, nodeIds: inside(graph).flatMap((node, i) => ((mask >> i) & 1 ? [node.id] : [])) };
}

describe('layers grouped into a block', () => {
  it('come back as they were; the network is the same all along', () => {
    let grouped = 0;
    const outcomes = { main: 0, unit: 0, circle: 0 };
    fc.assert(
      fc.property(grouping, ([document, nested, mask]) => {
        const { id, graph, nodeIds } = selectionIn(document, nested, mask);
        const group = applyCommand(document, edit('groupIntoBlock', { graph: id, nodeIds }));
        const circle = comesBack(graph, new Set(nodeIds));
        if (!group.ok) {
          expect(['group-circle', 'nothing-selected']).toContain(group.error.code);
          expect(group.error.code === 'group-circle').toBe(circle);
          outcomes.circle += Number(circle);
          return;
        }
        expect(circle).toBe(false);
        const [use = ''] = group.value.created;
        expect(flatWithout(group.value.document, use)).toEqual(flatWithout(document, use));
        const again = applyCommand(group.value.document, edit('expandBlock', { graph: id, nodeId: use }));
        if (!again.ok) throw new Error(again.error.message);
        expect(again.value.document).toEqual(document);
        expect([...again.value.created].sort()).toEqual([...nodeIds].sort());
        grouped++;
        outcomes[nested ? 'unit' : 'main']++;
      }),
      { numRuns: 560 },
    );
    expect(grouped).toBeGreaterThan(500);
    expect(Math.min(outcomes.main, outcomes.unit)).toBeGreaterThan(200);
    expect(outcomes.circle).toBeGreaterThan(15);
  });

  it('are the same block again when they are grouped after they were expanded elsewhere', () => {
    let done = 0;
    fc.assert(
      fc.property(grouping, ([document, nested, mask]) => {
        const { id, nodeIds } = selectionIn(document, nested, mask);
        const group = applyCommand(document, edit('groupIntoBlock', { graph: id, nodeIds, name: 'Mine' }));
        if (!group.ok) return;
        const [use = ''] = group.value.created;
        // Ids that they had are taken meanwhile, and the use stands elsewhere.
        const moved = [
          edit('addNode', { graph: id, type: 'ReLU', id: nodeIds[0] ?? '', position: { x: 0, y: -900 } }),
          edit('moveNodes', { graph: id, positions: { [use]: { x: 4000, y: 4000 } } }),
        ].reduce((before, one) => {
          const applied = applyCommand(before, one);
          if (!applied.ok) throw new Error(applied.error.message);
          return applied.value.document;
        }, group.value.document);
        const apart = applyCommand(moved, edit('expandBlock', { graph: id, nodeId: use }));
        if (!apart.ok) throw new Error(apart.error.message);
        const again = applyCommand(
          apart.value.document,
          edit('groupIntoBlock', { graph: id, nodeIds: apart.value.created, name: 'Mine' }),
        );
        if (!again.ok) throw new Error(again.error.message);
        expect(byName(again.value.document, id, again.value.created[0])).toEqual(byName(moved, id, use));
        done++;
      }),
      { numRuns: 100 },
    );
    expect(done).toBeGreaterThan(80);
  });
});

/** A use and its definition without ids and places: layers by their names, wires by what they join. */
function byName(document: LoomDocument, graphId: string, useId = '') {
  const graph = document.graphs[graphId];
  const use = graph?.nodes[useId];
  const definition = document.graphs[String(use?.params.graph)];
  if (graph === undefined || use === undefined || definition === undefined) throw new Error(useId);
  const portName = (node: LayerNode | undefined, port: string) => (node === use ? definition.nodes[port]?.name : port);
  const nameOf = (node: LayerNode | undefined) => (node === use ? 'the use' : node?.name);
  const wires = (one: Graph, some: (edge: Edge) => boolean) =>
    Object.values(one.edges)
      .filter(some)
      .map(({ source, sourcePort, target, targetPort, order }) => {
        const [from, to] = [one.nodes[source], one.nodes[target]];
        return JSON.stringify([nameOf(from), portName(from, sourcePort), nameOf(to), portName(to, targetPort), order]);
      })
      .sort();
  const layers = Object.values(definition.nodes).map(({ type, name, params }) => JSON.stringify([type, name, params]));
  return {
    values: use.params.values,
    parameters: definition.parameters,
    layers: layers.sort(),
    inside: wires(definition, () => true),
    outside: wires(graph, ({ source, target }) => source === useId || target === useId),
  };
}
