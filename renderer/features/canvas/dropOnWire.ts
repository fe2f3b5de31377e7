import { edit, type SingleEdit } from '../../../core/edits.ts';
import { firstInput, firstOutput, incomingEdges, outgoingEdges } from '../../../core/graph/index.ts';
import { currentGraph, currentGraphs } from '../../stores/documentStore.ts';
import { setDropEdge } from './canvasState.ts';

/** The wire drawn at a place on the screen, if there is one. */
export function edgeAt(x: number, y: number): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const edge = element.closest('.react-flow__edge');
    if (edge !== null) return edge.getAttribute('data-id');
  }
  return null;
}

/** Heights of a card, as shares of it, at which a wire counts as under it; the middle first. */
const AIM = [0.5, 0.3, 0.7, 0.12, 0.88] as const;

interface Dragged {
  readonly id: string;
}

/** The wire under an unconnected node that could pass through it. */
function wireFor(dragged: Dragged): string | null {
  const graph = currentGraph();
  const node = graph.nodes[dragged.id];
  if (node === undefined || firstInput(node, currentGraphs()) === null || firstOutput(node, currentGraphs()) === null)
    return null;
  if (incomingEdges(graph, node.id).length > 0 || outgoingEdges(graph, node.id).length > 0) return null;
  const box = document.querySelector(`.react-flow__node[data-id="${CSS.escape(node.id)}"]`)?.getBoundingClientRect();
  if (box === undefined) return null;
  // Near the middle is near enough: the card hides the wire from the one who aims.
  for (const share of AIM) {
    const edge = edgeAt(box.left + box.width / 2, box.top + box.height * share);
    if (edge !== null) return edge;
  }
  return null;
}

/** Shows which wire would take the node being dragged. */
export function markWireUnderNode(dragged: Dragged | null): void {
  setDropEdge(dragged === null ? null : wireFor(dragged));
}

/** What a lone node let go on a wire asks for: that the wire passes through the node, and what follows makes room. Null over no wire. */
export function dropOnWire(dragged: Dragged): SingleEdit | null {
  const edgeId = wireFor(dragged);
  return edgeId === null ? null : edit('moveOntoEdge', { nodeId: dragged.id, edgeId });
}
