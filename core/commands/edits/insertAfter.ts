import { BLOCK } from '../../document/index.ts';
import { firstOutput, PITCH } from '../../graph/index.ts';
import { defineCommand } from '../defineCommand.ts';
import { createNode, titleOf } from '../steps/create.ts';
import { graphOf, plainGraphs, requireNode } from '../steps/nodes.ts';
import { freePlace, shiftRight } from '../steps/room.ts';
import { addWire, requireInput, requireOutput, wiresOutOf } from '../steps/wires.ts';

/**
 * Puts a layer behind another. Everything that read the first now reads the new one; an Output, which nothing can read, is
 * only added to what reads it.
 */
export const insertAfter = defineCommand({
  name: 'insertAfter',
  run(draft, { graph: id, nodeId, type, params }) {
    const graph = graphOf(draft, id);
    const graphs = plainGraphs(draft);
    const before = requireNode(graph, nodeId);
    const sourcePort = requireOutput(before, graphs);
    const label = `Insert ${titleOf(draft, { type, params })}`;
    const passesOn = firstOutput({ type, ...(type === BLOCK && { params }) }, graphs);
    const moved = passesOn === null ? [] : wiresOutOf(graph, nodeId).filter((wire) => wire.sourcePort === sourcePort);
    const x = before.position.x + PITCH.x;
    for (const wire of moved) {
      const missing = x + PITCH.x - requireNode(graph, wire.target).position.x;
      if (missing > 0) shiftRight(graph, wire.target, missing);
    }
    const node = createNode(draft, graph, { type, params, position: freePlace(graph, { x, y: before.position.y }) });
    const targetPort = requireInput(node, graphs);
    for (const wire of moved) {
      wire.source = node.id;
      wire.sourcePort = requireOutput(node, graphs);
    }
    addWire(graph, { source: nodeId, sourcePort, target: node.id, targetPort });
    return { label, created: [node.id] };
  },
});
