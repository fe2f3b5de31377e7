import { PITCH } from '../../graph/index.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { graphOf, plainGraphs, requireNode } from '../steps/nodes.ts';
import { freePlace, shiftRight } from '../steps/room.ts';
import { addWire, requireEdge, requireInput, requireOutput, wiresInto, wiresOutOf } from '../steps/wires.ts';

/**
 * Puts a layer that stands by itself into a wire, where it lies. The wire keeps its id and its target; what follows moves right where there
 * is no room.
 */
export const moveOntoEdge = defineCommand({
  name: 'moveOntoEdge',
  run(draft, { graph: id, nodeId, edgeId }) {
    const graph = graphOf(draft, id);
    const graphs = plainGraphs(draft);
    const node = requireNode(graph, nodeId);
    const wire = requireEdge(graph, edgeId);
    if (wiresInto(graph, nodeId).length > 0 || wiresOutOf(graph, nodeId).length > 0)
      refuse(
        'already-wired',
        'Cannot insert',
        `“${node.name}” has wires of its own. Take them away first, or draw the new ones by hand.`,
      );
    const input = requireInput(node, graphs);
    const output = requireOutput(node, graphs);
    const source = requireNode(graph, wire.source);
    const target = requireNode(graph, wire.target);
    addWire(graph, { source: source.id, sourcePort: wire.sourcePort, target: node.id, targetPort: input });
    wire.source = node.id;
    wire.sourcePort = output;
    // In line with the chain: not on the card before it, and what comes behind gives way.
    const nearest = source.position.x + PITCH.x;
    const forward = target.position.x > source.position.x;
    if (forward && node.position.x < nearest) node.position.x = nearest;
    const missing = node.position.x + PITCH.x - target.position.x;
    if (forward && missing > 0) shiftRight(graph, target.id, missing);
    const free = freePlace(graph, node.position, new Set([node.id]));
    if (free.y !== node.position.y) node.position.y = free.y;
    return { label: `Insert ${node.name}` };
  },
});
