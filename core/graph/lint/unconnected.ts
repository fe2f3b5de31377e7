import { nodeById, outgoingEdges } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { say } from './trace.ts';

/**
 * Inputs without a wire. A layer that feeds others, or an Output, then stops the build. One that stands by itself is only
 * parked there and left out of the network.
 */
export const unconnected = defineRule({
  name: 'unconnected-input',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const node = nodeById(graph, id);
      const known = inferred.get(id);
      if (node === undefined || !known) continue;
      const parked =
        node.type !== 'Output' && known.wires.length === 0 && outgoingEdges(graph, id).length === 0 && order.length > 1;
      for (const port of known.unconnected)
        yield {
          code: 'unconnected-input',
          severity: parked ? 'warning' : 'error',
          title: 'Not connected',
          message: parked
            ? `${say(node)} is not connected to anything, so it is left out of the network. Draw a wire into it, or delete it.`
            : `Nothing arrives at ${say(node)}. Draw a wire from another layer to its input.`,
          nodeId: id,
          port: port.name,
        };
    }
  },
});
