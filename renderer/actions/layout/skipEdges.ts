import { findLayer } from '../../../core/catalogue/index.ts';
import type { Graph } from '../../../core/document/index.ts';
import { incomingEdges, sortNodes } from '../../../core/graph/index.ts';

/** Wires into a merge that pass around the longest path to it: skip connections, drawn in the merge hue. */
export function skipEdges(graph: Graph): ReadonlySet<string> {
  const merges = Object.values(graph.nodes).filter((node) => findLayer(node.type)?.family === 'merge');
  if (merges.length === 0) return new Set();
  const depth = new Map<string, number>();
  for (const id of sortNodes(graph).order) {
    const sources = incomingEdges(graph, id).map((edge) => depth.get(edge.source) ?? 0);
    depth.set(id, sources.length === 0 ? 0 : Math.max(...sources) + 1);
  }
  const skips = new Set<string>();
  for (const merge of merges) {
    const edges = incomingEdges(graph, merge.id);
    const deepest = Math.max(...edges.map((edge) => depth.get(edge.source) ?? 0));
    for (const edge of edges) if ((depth.get(edge.source) ?? 0) < deepest) skips.add(edge.id);
  }
  return skips;
}
