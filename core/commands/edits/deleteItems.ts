import type { Edge } from '../../document/index.ts';
import { incomingEdges } from '../../graph/index.ts';
import { type DocumentDraft, defineCommand } from '../defineCommand.ts';
import { usesOf } from '../steps/definitions.ts';
import { isPort } from '../steps/layout.ts';
import { type GraphDraft, graphOf, plain, requireNode } from '../steps/nodes.ts';
import { removeWire, requireEdge, wiresInto } from '../steps/wires.ts';

/**
 * Deletes layers and wires, and with the port of a block the wires that lead to it at every use. With `relink`, what read a deleted layer reads on from what that layer read, where that is one
 * thing only: taking a layer out of a chain leaves the chain whole.
 */
export const deleteItems = defineCommand({
  name: 'deleteItems',
  run(draft, { graph: id, nodeIds, edgeIds, relink }) {
    const graph = graphOf(draft, id);
    const names = nodeIds.map((id) => requireNode(graph, id).name);
    for (const edgeId of edgeIds) if (Object.hasOwn(graph.edges, edgeId)) removeWire(graph, edgeId);
    const gone = new Set(nodeIds);
    if (relink) relinkAround(graph, gone);
    for (const edge of Object.values(graph.edges))
      if (gone.has(edge.source) || gone.has(edge.target)) removeWire(graph, edge.id);
    removePortWires(draft, graph, gone);
    for (const id of gone) delete graph.nodes[id];
    return { label: labelOf(names, edgeIds.length) };
  },
});

/** At every use of the block that a graph defines, the wires to and from ports that go. */
function removePortWires(draft: DocumentDraft, definition: GraphDraft, gone: ReadonlySet<string>): void {
  const ports = new Set([...gone].filter((id) => isPort(requireNode(definition, id))));
  if (ports.size === 0) return;
  for (const { graph, node } of usesOf(draft, definition.id))
    for (const edge of Object.values(graph.edges)) {
      const met = edge.target === node.id ? edge.targetPort : edge.source === node.id ? edge.sourcePort : null;
      if (met !== null && ports.has(met)) removeWire(graph, edge.id);
    }
}

/** Re-routes wires that leave the deleted set, keeping their place among the wires of their port. */
function relinkAround(graph: GraphDraft, gone: ReadonlySet<string>): void {
  const before = plain(graph);
  const leaving = Object.values(before.edges).filter((edge) => gone.has(edge.source) && !gone.has(edge.target));
  for (const { id } of leaving) {
    const wire = requireEdge(graph, id);
    const origin = originOf(wire);
    if (origin === null) continue;
    const doubled = wiresInto(graph, wire.target, wire.targetPort).some(
      (other) => other.id !== id && other.source === origin.source && other.sourcePort === origin.sourcePort,
    );
    if (doubled) continue;
    wire.source = origin.source;
    wire.sourcePort = origin.sourcePort;
  }

  /** The one wire from outside that this one's value came from; null when a deleted layer had several, or none. */
  function originOf(wire: Pick<Edge, 'source'>): Edge | null {
    const seen = new Set<string>();
    for (let at = wire.source; !seen.has(at); ) {
      seen.add(at);
      const [only, ...more] = incomingEdges(before, at);
      if (only === undefined || more.length > 0) return null;
      if (!gone.has(only.source)) return only;
      at = only.source;
    }
    return null;
  }
}

function labelOf(names: readonly string[], wires: number): string {
  if (names.length === 1) return `Delete ${names[0]}`;
  if (names.length > 1) return `Delete ${names.length} layers`;
  return wires === 1 ? 'Remove wire' : `Remove ${wires} wires`;
}
