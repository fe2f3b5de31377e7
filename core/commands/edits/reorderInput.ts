import { defineCommand } from '../defineCommand.ts';
import { graphOf, requireNode } from '../steps/nodes.ts';
import { renumber, requireEdge, wiresInto } from '../steps/wires.ts';

/** Moves a wire to another place among those of its port: Concatenate joins them in that order. Past the end means last. */
export const reorderInput = defineCommand({
  name: 'reorderInput',
  run(draft, { graph: id, edgeId, order }) {
    const graph = graphOf(draft, id);
    const wire = requireEdge(graph, edgeId);
    const others = wiresInto(graph, wire.target, wire.targetPort).filter((other) => other.id !== edgeId);
    renumber([...others.slice(0, order), wire, ...others.slice(order)]);
    return { label: `Reorder inputs of ${requireNode(graph, wire.target).name}` };
  },
});
