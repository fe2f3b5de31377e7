import type { Edge, Graph } from '../../document/index.ts';

const intoPorts = new WeakMap<Graph['edges'], ReadonlyMap<string, Edge>>();

/** The wire into a port that takes one. */
export function edgeInto({ edges }: Graph, nodeId: string, port: string): Edge | undefined {
  let known = intoPorts.get(edges);
  if (known === undefined) {
    known = new Map(Object.values(edges).map((edge) => [keyOf(edge.target, edge.targetPort), edge]));
    intoPorts.set(edges, known);
  }
  return known.get(keyOf(nodeId, port));
}

const keyOf = (nodeId: string, port: string) => `${nodeId}\u0000${port}`;
