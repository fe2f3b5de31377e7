import type { Graph } from '../../core/document/index.ts';
import { incomingEdges, outgoingEdges } from '../../core/graph/index.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The node an arrow key leads to: right follows a wire, left goes back along one, up and down go to the nearest node above or below.
 * Null when there is none.
 */
export function neighbour(graph: Graph, nodeId: string, direction: Direction): string | null {
  const node = graph.nodes[nodeId];
  if (node === undefined) return null;
  if (direction === 'right')
    return closest(
      graph,
      nodeId,
      outgoingEdges(graph, nodeId).map((edge) => edge.target),
    );
  if (direction === 'left')
    return closest(
      graph,
      nodeId,
      incomingEdges(graph, nodeId).map((edge) => edge.source),
    );
  const sign = direction === 'down' ? 1 : -1;
  const beyond = Object.values(graph.nodes).filter((other) => (other.position.y - node.position.y) * sign > 8);
  return closest(
    graph,
    nodeId,
    beyond.map((other) => other.id),
  );
}

/** The candidate nearest to a node; height counts double, so that the wire that goes straight on wins. */
function closest(graph: Graph, nodeId: string, candidates: readonly string[]): string | null {
  const from = graph.nodes[nodeId]?.position;
  if (from === undefined) return null;
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const id of candidates) {
    const at = graph.nodes[id]?.position;
    if (at === undefined) continue;
    const distance = Math.hypot((at.x - from.x) * 0.5, at.y - from.y);
    if (distance < bestDistance) {
      best = id;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * The wire to select next: the first into the selected layer (or out of it, where none leads in), and from a selected wire on, the next
 * into the same layer. Null when there is none.
 */
export function nextWire(
  graph: Graph,
  selection: { readonly nodeIds: readonly string[]; readonly edgeIds: readonly string[] },
): string | null {
  const current = selection.edgeIds.length === 1 ? graph.edges[selection.edgeIds[0] ?? ''] : undefined;
  const nodeId = current?.target ?? (selection.nodeIds.length === 1 ? selection.nodeIds[0] : undefined);
  if (nodeId === undefined) return null;
  const wires = incomingEdges(graph, nodeId);
  if (current === undefined) return (wires[0] ?? outgoingEdges(graph, nodeId)[0])?.id ?? null;
  const at = wires.findIndex(({ id }) => id === current.id);
  return wires[(at + 1) % wires.length]?.id ?? null;
}
