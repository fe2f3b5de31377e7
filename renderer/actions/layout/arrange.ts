import type { Graph, LoomDocument } from '../../../core/document/index.ts';
import { nodeSize } from '../../ui/nodeSize.ts';
import { layoutGraph } from './layoutGraph.ts';
import type { LayoutRequest } from './layoutTypes.ts';
import { skipEdges } from './skipEdges.ts';

/** A laptop's canvas, in pixels: what a template is arranged for before there is a canvas to look at. */
const LAPTOP = { width: 1000, height: 560 };

/** What layout needs to know of a graph, and the shape it should be given. */
export function layoutRequest(graph: Graph, canvas: LayoutRequest['canvas'] = LAPTOP): LayoutRequest {
  const skips = skipEdges(graph);
  return {
    nodes: Object.values(graph.nodes).map((node) => ({ id: node.id, ...nodeSize(node.type) })),
    edges: Object.values(graph.edges).map(({ id, source, target }) => ({ source, target, skip: skips.has(id) })),
    canvas,
  };
}

/**
 * A document with every graph whose drawing is too long for a screen folded into rows; one in which all fit comes back as it is. For small
 * networks (templates): large ones are laid out in the worker.
 */
export function arranged(document: LoomDocument): LoomDocument {
  const graphs = Object.entries(document.graphs).map(([id, graph]) => [id, folded(graph)] as const);
  if (graphs.every(([id, graph]) => graph === document.graphs[id])) return document;
  return { ...document, graphs: Object.fromEntries(graphs) };
}

function folded(graph: Graph): Graph {
  const xs = Object.values(graph.nodes).map((node) => node.position.x);
  if (xs.length === 0 || Math.max(...xs) - Math.min(...xs) <= LAPTOP.width) return graph;
  const positions = layoutGraph(layoutRequest(graph));
  const nodes = Object.values(graph.nodes).map((node) => [
    node.id,
    { ...node, position: positions[node.id] ?? node.position },
  ]);
  return { ...graph, nodes: Object.fromEntries(nodes) };
}
