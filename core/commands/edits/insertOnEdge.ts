import { PITCH } from '../../graph/index.ts';
import type { JsonObject } from '../../json.ts';
import { type DocumentDraft, defineCommand } from '../defineCommand.ts';
import { createNode, titleOf } from '../steps/create.ts';
import { type GraphDraft, graphOf, plainGraphs, requireNode } from '../steps/nodes.ts';
import { freePlace, type Position, placeBetween, shiftRight } from '../steps/room.ts';
import { addWire, requireEdge, requireInput, requireOutput } from '../steps/wires.ts';

export interface Insertion {
  readonly type: string;
  readonly params?: JsonObject | undefined;
  readonly name?: string | undefined;
  readonly position?: Position | undefined;
}

/** Puts a layer or a use of a block into a wire. What follows moves right where there is no room. */
export const insertOnEdge = defineCommand({
  name: 'insertOnEdge',
  run(draft, { graph, edgeId, ...insertion }) {
    const nodeId = putOnEdge(draft, graphOf(draft, graph), edgeId, insertion);
    return { label: `Insert ${titleOf(draft, insertion)}`, created: [nodeId] };
  },
});

/** The wire keeps its id, its target and its place there; it now comes from the new layer, whose id is returned. */
export function putOnEdge(
  draft: DocumentDraft,
  graph: GraphDraft,
  edgeId: string,
  { position, ...insertion }: Insertion,
): string {
  const wire = requireEdge(graph, edgeId);
  const source = requireNode(graph, wire.source);
  const target = requireNode(graph, wire.target);
  const place = position ?? placeBetween(graph, source, target);
  const node = createNode(draft, graph, { ...insertion, position: place });
  const graphs = plainGraphs(draft);
  const input = requireInput(node, graphs);
  const output = requireOutput(node, graphs);
  const { source: from, sourcePort } = wire;
  wire.source = node.id;
  wire.sourcePort = output;
  addWire(graph, { source: from, sourcePort, target: node.id, targetPort: input });
  if (position !== undefined) {
    // Dropped by hand: it stays where it was dropped, and its successor gives way.
    const missing = node.position.x + PITCH.x - target.position.x;
    if (missing > 0 && missing < 2 * PITCH.x) shiftRight(graph, target.id, missing);
    const free = freePlace(graph, node.position, new Set([node.id]));
    if (free.y !== node.position.y) node.position.y = free.y;
  }
  return node.id;
}
