import { PITCH } from '../../graph/index.ts';
import { type DocumentDraft, defineCommand, refuse } from '../defineCommand.ts';
import { createNode, titleOf } from '../steps/create.ts';
import { type GraphDraft, graphOf, plainGraphs, requireNode } from '../steps/nodes.ts';
import { freePlace } from '../steps/room.ts';
import { addWire, requireEdge, requireInput, requireOutput, wiresInto } from '../steps/wires.ts';
import { type Insertion, putOnEdge } from './insertOnEdge.ts';

/**
 * Puts a layer in front of another: into the wire named, into its only wire, or, where nothing arrives, connected in front.
 * Refused (`ambiguous-wire`) where several wires arrive and none is named.
 */
export const insertBefore = defineCommand({
  name: 'insertBefore',
  run(draft, { graph: id, nodeId, edgeId, ...insertion }) {
    const graph = graphOf(draft, id);
    const target = requireNode(graph, nodeId);
    const wires = wiresInto(graph, nodeId);
    const label = `Insert ${titleOf(draft, insertion)}`;
    if (edgeId !== undefined && requireEdge(graph, edgeId).target !== nodeId)
      refuse('no-such-wire', 'No such wire', `The wire “${edgeId}” does not lead to “${target.name}”.`);
    if (edgeId === undefined && wires.length > 1)
      refuse(
        'ambiguous-wire',
        'Which wire?',
        `${wires.length} wires lead to “${target.name}”. Choose the one to put the new layer on.`,
        { nodeId },
      );
    const wire = edgeId ?? wires[0]?.id;
    const created =
      wire === undefined ? putInFront(draft, graph, nodeId, insertion) : putOnEdge(draft, graph, wire, insertion);
    return { label, created: [created] };
  },
});

function putInFront(draft: DocumentDraft, graph: GraphDraft, nodeId: string, { type, params }: Insertion): string {
  const graphs = plainGraphs(draft);
  const target = requireNode(graph, nodeId);
  const targetPort = requireInput(target, graphs);
  const place = freePlace(graph, { x: target.position.x - PITCH.x, y: target.position.y });
  const node = createNode(draft, graph, { type, params, position: place });
  addWire(graph, { source: node.id, sourcePort: requireOutput(node, graphs), target: nodeId, targetPort });
  return node.id;
}
