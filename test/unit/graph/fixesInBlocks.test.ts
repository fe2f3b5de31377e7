import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../core/commands/index.ts';
import type { Edge, LayerNode, LoomDocument } from '../../../core/document/index.ts';
import type { Problem } from '../../../core/errors.ts';
import { analyse, graphOf } from '../../../core/graph/index.ts';
import { editIn } from '../../edits.ts';
import { BROKEN } from './broken/index.ts';

/** Everything between Inputs and Outputs put into a block `body`, used once, by `use`. */
function inBlock(document: LoomDocument): LoomDocument {
  const main = graphOf(document);
  const isEnd = (id: string) => ['Input', 'Output', undefined].includes(main.nodes[id]?.type);
  const [outer, inner]: [Record<string, LayerNode>, Record<string, LayerNode>] = [{}, {}];
  for (const node of Object.values(main.nodes)) (isEnd(node.id) ? outer : inner)[node.id] = node;
  const [outside, inside]: [Record<string, Edge>, Record<string, Edge>] = [{}, {}];
  for (const wire of Object.values(main.edges)) {
    const [from, to] = [isEnd(wire.source), isEnd(wire.target)];
    if (from === to) {
      (from ? outside : inside)[wire.id] = wire;
      continue;
    }
    const port = `${from ? wire.source : wire.target}_${wire.id}`;
    inner[port] = {
      id: port,
      type: from ? 'BlockInput' : 'BlockOutput',
      typeVersion: 1,
      name: port,
      params: { order: Object.keys(inner).length },
      position: { x: 0, y: 0 },
    };
    outside[wire.id] = {
      ...wire,
      ...(from ? { target: 'use', targetPort: port } : { source: 'use', sourcePort: port }),
    };
    inside[wire.id] = { ...wire, ...(from ? { source: port, sourcePort: 'out' } : { target: port, targetPort: 'in' }) };
  }
  outer.use = { ...(main.nodes.n1 as LayerNode), id: 'use', type: 'Block', name: 'body', params: { graph: 'body' } };
  return {
    ...document,
    graphs: {
      [main.id]: { ...main, nodes: outer, edges: outside },
      body: { id: 'body', name: 'Body', nodes: inner, edges: inside },
    },
  };
}

const WRAPPED = BROKEN.filter(({ document }) =>
  Object.values(graphOf(document).nodes).some(({ type }) => !['Input', 'Output'].includes(type)),
).map((broken) => ({ ...broken, document: inBlock(broken.document) }));

const FIXES = WRAPPED.flatMap(({ title, document, dataset }) =>
  analyse({ document, dataset })
    .problems.filter(({ graph }) => graph === 'body')
    .flatMap((problem) =>
      (problem.fixes ?? []).map(
        (fix) => [`${title}: ${problem.code}: ${fix.label}`, { document, dataset, problem, fix }] as const,
      ),
    ),
);

describe('the fixes of what is wrong in a block edit its definition', () => {
  it.each(FIXES)('%s', (_, { document, dataset, problem, fix }) => {
    const applied = applyCommand(document, editIn(fix));
    if (!applied.ok) throw new Error(applied.error.message);
    const same = (other: Problem) =>
      other.code === problem.code && other.graph === problem.graph && other.nodeId === problem.nodeId;
    expect(analyse({ document: applied.value.document, dataset }).problems.filter(same)).toEqual([]);
  });

  it('of many kinds', () => {
    const kinds = FIXES.map(([, { fix }]) => editIn(fix).command);
    expect([...new Set(kinds)]).toEqual(
      expect.arrayContaining(['setParam', 'insertOnEdge', 'replaceLayer', 'deleteItems', 'renameNode', 'batch']),
    );
  });

  it('but not one that would set what follows a parameter of the block', () => {
    const found = WRAPPED.find(({ title }) => title === 'nine outputs for ten classes');
    const body = found?.document.graphs.body;
    const dense = Object.values(body?.nodes ?? {}).find(({ type }) => type === 'Dense');
    if (!found || !body || !dense) throw new Error('a Dense layer in a block');
    const nodes = { ...body.nodes, [dense.id]: { ...dense, params: { ...dense.params, units: '=width' } } };
    const parameters = { width: { default: 9 } };
    const document = { ...found.document, graphs: { ...found.document.graphs, body: { ...body, nodes, parameters } } };
    const problem = analyse({ document, dataset: found.dataset }).problems.find(({ code }) => code === 'output-width');
    expect(problem).toMatchObject({ graph: 'body', nodeId: dense.id });
    expect(problem?.fixes).toBeUndefined();
  });
});
