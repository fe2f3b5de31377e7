import { BLOCK } from '../../document/index.ts';
import { firstOutput, PITCH } from '../../graph/index.ts';
import { type DocumentDraft, defineCommand } from '../defineCommand.ts';
import { createNode, titleOf } from '../steps/create.ts';
import { type GraphDraft, graphOf, plainGraphs, requireNode } from '../steps/nodes.ts';
import { freePlace, shiftRight } from '../steps/room.ts';
import { addWire, requireInput, requireOutput, wiresOutOf } from '../steps/wires.ts';
import type { Insertion } from './insertOnEdge.ts';

/**
 * Puts a layer behind another. Everything that read the first now reads the new one; an Output, which nothing can read, is
 * only added to what reads it.
 */
export const insertAfter = defineCommand({
  name: 'insertAfter',
  run(draft, { graph, nodeId, ...insertion }) {
    const created = putBehind(draft, graphOf(draft, graph), nodeId, insertion);
    return { label: `Insert ${titleOf(draft, insertion)}`, created: [created] };
  },
});

/** The wires that left the first layer leave the new one, whose id is returned. */
export function putBehind(
  draft: DocumentDraft,
  graph: GraphDraft,
  nodeId: string,
  { type, params, name }: Omit<Insertion, 'position'>,
): string {
  const graphs = plainGraphs(draft);
  const before = requireNode(graph, nodeId);
  const sourcePort = requireOutput(before, graphs);
  const passesOn = firstOutput({ type, ...(type === BLOCK && { params }) }, graphs);
  const moved = passesOn === null ? [] : wiresOutOf(graph, nodeId).filter((wire) => wire.sourcePort === sourcePort);
  const x = before.position.x + PITCH.x;
  for (const wire of moved) {
    const missing = x + PITCH.x - requireNode(graph, wire.target).position.x;
    if (missing > 0) shiftRight(graph, wire.target, missing);
  }
  const node = createNode(draft, graph, {
    type,
    params,
    name,
    position: freePlace(graph, { x, y: before.position.y }),
  });
  const targetPort = requireInput(node, graphs);
  for (const wire of moved) {
    wire.source = node.id;
    wire.sourcePort = requireOutput(node, graphs);
  }
  addWire(graph, { source: nodeId, sourcePort, target: node.id, targetPort });
  return node.id;
}
