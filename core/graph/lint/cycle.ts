import { compareNatural } from '../../document/index.ts';
import { cycles, nodeById, outgoingEdges } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { disconnect } from './fixes.ts';
import { say } from './trace.ts';

/** Wires that run in a circle: values would have no beginning. */
export const cycle = defineRule({
  name: 'cycle',
  *check({ graph, cyclic }) {
    for (const members of cycles(graph, cyclic)) {
      const inside = new Set(members);
      const wires = [...members].sort(compareNatural).flatMap((id) =>
        outgoingEdges(graph, id)
          .filter((edge) => inside.has(edge.target))
          .map((edge) => ({ edge, source: nodeById(graph, edge.source), target: nodeById(graph, edge.target) })),
      );
      // Designs run left to right, so the wire that runs back furthest is the one that closed the circle.
      const reach = (wire: (typeof wires)[number]) => (wire.source?.position.x ?? 0) - (wire.target?.position.x ?? 0);
      const back = wires.reduce<(typeof wires)[number] | undefined>(
        (worst, wire) => (worst === undefined || reach(wire) > reach(worst) ? wire : worst),
        undefined,
      );
      if (back === undefined) continue;
      const names = members.map((id) => say(nodeById(graph, id))).sort(compareNatural);
      yield {
        code: 'cycle',
        severity: 'error',
        title: 'Circle',
        message:
          members.length === 1
            ? `${names[0]} is connected to itself, so its values have no beginning. Remove that wire.`
            : `The wires of ${listed(names)} run in a circle, so their values have no beginning. Remove the wire from ${say(back.source)} back to ${say(back.target)}.`,
        nodeId: back.edge.target,
        edgeId: back.edge.id,
        facts: { nodes: [...members].sort(compareNatural) },
        fixes: [disconnect(`Remove the wire from ${say(back.source)} to ${say(back.target)}`, back.edge.id)],
      };
    }
  },
});

function listed(names: readonly string[]): string {
  if (names.length > 6) return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
