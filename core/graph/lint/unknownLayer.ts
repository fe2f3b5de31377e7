import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { deleteNode } from './fixes.ts';
import { say } from './trace.ts';

/** Layers from a newer version or a plugin: kept in the file, but nothing can be computed with them. */
export const unknownLayer = defineRule({
  name: 'unknown-layer',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const node = nodeById(graph, id);
      if (node === undefined || inferred.get(id)?.definition !== null) continue;
      yield {
        code: 'unknown-layer',
        severity: 'error',
        title: 'Unknown layer',
        message: `${say(node)} is a “${node.type}” layer, which this version of Layerloom does not know. It is kept in the file as it is, but the network cannot be built with it. Update Layerloom, or replace the layer.`,
        nodeId: id,
        facts: { type: node.type },
        fixes: [deleteNode(`Delete ${say(node)}`, id)],
      };
    }
  },
});
