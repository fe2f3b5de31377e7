import type { LoomDocument } from '../../../core/document/index.ts';
import { rootGraph } from '../../../core/graph/index.ts';
import { nodeSize } from '../../ui/nodeSize.ts';
import { type LayoutRequest, layoutGraph } from './layoutGraph.ts';
import { skipEdges } from './skipEdges.ts';

/** Longest row of a folded drawing, in canvas pixels: six cards, which a laptop's canvas shows at four fifths or more of their size. */
const ROW_WIDTH = 1000;

/** What layout needs to know of a document's network. */
export function layoutRequest(document: LoomDocument): LayoutRequest {
  const graph = rootGraph(document);
  const skips = skipEdges(graph);
  return {
    nodes: Object.values(graph.nodes).map((node) => ({ id: node.id, ...nodeSize(node.type) })),
    edges: Object.values(graph.edges).map(({ id, source, target }) => ({ source, target, skip: skips.has(id) })),
    rowWidth: ROW_WIDTH,
  };
}

/**
 * A document whose drawing is too long for a screen, folded into rows; one that fits comes back as it is. For small networks (templates):
 * large ones are laid out in the worker.
 */
export function arranged(document: LoomDocument): LoomDocument {
  const graph = rootGraph(document);
  const xs = Object.values(graph.nodes).map((node) => node.position.x);
  if (xs.length === 0 || Math.max(...xs) - Math.min(...xs) <= ROW_WIDTH) return document;
  const positions = layoutGraph(layoutRequest(document));
  const nodes = Object.fromEntries(
    Object.values(graph.nodes).map((node) => [node.id, { ...node, position: positions[node.id] ?? node.position }]),
  );
  return { ...document, graphs: { ...document.graphs, [document.root]: { ...graph, nodes } } };
}
