import type { LoomDocument } from '../../../core/document/index.ts';
import { rootGraph } from '../../../core/graph/index.ts';
import { nodeSize } from '../../ui/nodeSize.ts';
import { layoutGraph } from './layoutGraph.ts';
import type { LayoutRequest } from './layoutTypes.ts';
import { skipEdges } from './skipEdges.ts';

/** A laptop's canvas, in pixels: what a template is arranged for before there is a canvas to look at. */
const LAPTOP = { width: 1000, height: 560 };

/** What layout needs to know of a document's network, and the shape it should be given. */
export function layoutRequest(document: LoomDocument, canvas: LayoutRequest['canvas'] = LAPTOP): LayoutRequest {
  const graph = rootGraph(document);
  const skips = skipEdges(graph);
  return {
    nodes: Object.values(graph.nodes).map((node) => ({ id: node.id, ...nodeSize(node.type) })),
    edges: Object.values(graph.edges).map(({ id, source, target }) => ({ source, target, skip: skips.has(id) })),
    canvas,
  };
}

/**
 * A document whose drawing is too long for a screen, folded into rows; one that fits comes back as it is. For small networks (templates):
 * large ones are laid out in the worker.
 */
export function arranged(document: LoomDocument): LoomDocument {
  const graph = rootGraph(document);
  const xs = Object.values(graph.nodes).map((node) => node.position.x);
  if (xs.length === 0 || Math.max(...xs) - Math.min(...xs) <= LAPTOP.width) return document;
  const positions = layoutGraph(layoutRequest(document));
  const nodes = Object.fromEntries(
    Object.values(graph.nodes).map((node) => [node.id, { ...node, position: positions[node.id] ?? node.position }]),
  );
  return { ...document, graphs: { ...document.graphs, [document.root]: { ...graph, nodes } } };
}
