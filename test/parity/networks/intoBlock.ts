import {
  BLOCK,
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  type Edge,
  type LayerNode,
  type LoomDocument,
} from '../../../core/document/index.ts';

type Wire = Pick<Edge, 'source' | 'sourcePort' | 'target' | 'targetPort' | 'order'>;

/**
 * Puts nodes of a graph into a block of the given name, used once in their place. They must be such that no way leaves them and comes back:
 * a stretch of an order in which every layer stands behind what it reads.
 */
export function intoBlock(
  document: LoomDocument,
  graphId: string,
  ids: readonly string[],
  block: string,
): LoomDocument {
  const graph = document.graphs[graphId];
  if (graph === undefined) throw new Error(`no graph ${graphId}`);
  const inside = new Set(ids);
  const nodes: { [id: string]: LayerNode } = {};
  const kept: { [id: string]: LayerNode } = {};
  for (const node of Object.values(graph.nodes)) (inside.has(node.id) ? nodes : kept)[node.id] = node;
  const edges: { [id: string]: Edge } = {};
  const outer: { [id: string]: Edge } = {};
  const add = (to: typeof edges, edge: Wire) => {
    const id = `${edge.source} ${edge.sourcePort} ${edge.target} ${edge.targetPort} ${edge.order}`.replaceAll(' ', '-');
    to[id] = { id, ...edge };
  };
  /** The port for what comes in from a source, or for what goes out of one; made where there is none yet. */
  const ports = new Map<string, string>();
  const port = (type: typeof BLOCK_INPUT | typeof BLOCK_OUTPUT, of: string, made: (id: string) => void): string => {
    const known = ports.get(type + of);
    if (known !== undefined) return known;
    const id = `${type === BLOCK_INPUT ? 'from' : 'to'}${ports.size}`;
    ports.set(type + of, id);
    nodes[id] = { id, type, typeVersion: 1, name: id, params: { order: ports.size }, position: { x: 0, y: 0 } };
    made(id);
    return id;
  };
  for (const { source, sourcePort, target, targetPort, order } of Object.values(graph.edges)) {
    const edge: Wire = { source, sourcePort, target, targetPort, order };
    const of = `${edge.source} ${edge.sourcePort}`;
    const [from, to] = [inside.has(edge.source), inside.has(edge.target)];
    if (from && to) add(edges, edge);
    else if (to) {
      const id = port(BLOCK_INPUT, of, (made) => add(outer, { ...edge, target: block, targetPort: made, order: 0 }));
      add(edges, { ...edge, source: id, sourcePort: 'out' });
    } else if (from) {
      const id = port(BLOCK_OUTPUT, of, (made) => add(edges, { ...edge, target: made, targetPort: 'in', order: 0 }));
      add(outer, { ...edge, source: block, sourcePort: id });
    } else add(outer, edge);
  }
  kept[block] = {
    id: block,
    type: BLOCK,
    typeVersion: 1,
    name: block,
    params: { graph: block, values: {}, repeat: 1 },
    position: { x: 0, y: 0 },
  };
  return {
    ...document,
    graphs: {
      ...document.graphs,
      [graphId]: { ...graph, nodes: kept, edges: outer },
      [block]: { id: block, nodes, edges },
    },
  };
}
