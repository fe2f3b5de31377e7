import type { Graph, LayerNode, LoomDocument } from '../document/index.ts';

/** The main graph of a document. One that parsed always has it. For `core/graph` alone: who has the network drawn on it reads `Network`. */
export function rootGraph(document: LoomDocument): Graph {
  return document.graphs[document.root] ?? { id: document.root, nodes: {}, edges: {} };
}

/** The graph of this id; the main one where none is named, or the named one is not there any more. */
export function graphOf(document: LoomDocument, id: string | null = null): Graph {
  return (id === null ? undefined : document.graphs[id]) ?? rootGraph(document);
}

/** The Output layers of a network: each is a head, with a loss and metrics of its own. */
export function headNodes(document: LoomDocument): readonly LayerNode[] {
  return Object.values(rootGraph(document).nodes).filter(({ type }) => type === 'Output');
}
