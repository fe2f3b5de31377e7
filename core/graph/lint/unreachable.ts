import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { deleteNode } from './fixes.ts';
import { say } from './trace.ts';

/** Layers on no path from an Input to an Output: they are left out of the network, which is rarely meant. */
export const unreachable = defineRule({
  name: 'unreachable',
  *check({ graph, order, inferred, active, cyclic }) {
    if (active.size === 0) return;
    for (const id of order) {
      const node = nodeById(graph, id);
      if (node === undefined || active.has(id) || node.type === 'Output' || cyclic.includes(id)) continue;
      if ((inferred.get(id)?.unconnected.length ?? 0) > 0) continue;
      yield {
        code: 'unreachable',
        severity: 'warning',
        title: 'Left out',
        message: `${say(node)} is not on a path from an Input to an Output, so it is left out of the network. Connect what follows from it, or delete it.`,
        nodeId: id,
        fixes: [deleteNode(`Delete ${say(node)}`, id)],
      };
    }
  },
});
