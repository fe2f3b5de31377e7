import { type CatalogueLayer, findLayer } from '../../catalogue/index.ts';
import type { LayerNode } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import { isWrapping } from '../expand/index.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { deleteNode, replaceLayer } from './fixes.ts';
import { say } from './trace.ts';

/** Layers from a newer version or a plugin, and known ones as a newer version writes them: kept in the file, but not to be built. */
export const unknownLayer = defineRule({
  name: 'unknown-layer',
  *check({ graph, order, inferred }) {
    for (const id of order) {
      const node = nodeById(graph, id);
      // What a block cannot be expanded for is told by what expands it.
      if (node === undefined || !inferred.has(id) || isWrapping(node)) continue;
      const definition = findLayer(node.type);
      if (definition !== undefined) {
        if (node.typeVersion > definition.version) yield newerLayer(node, definition);
        continue;
      }
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

function newerLayer(node: LayerNode, { title, type, version }: CatalogueLayer): Problem {
  return {
    code: 'newer-layer',
    severity: 'error',
    title: 'Newer layer',
    message: `${say(node)} is a ${title} as a later version of Layerloom writes it (${node.typeVersion}; this one knows ${title} up to ${version}), so its parameters may mean something else. It is kept in the file as it is, but the network cannot be built with it. Update Layerloom, or take the layer as this version has it.`,
    nodeId: node.id,
    facts: { typeVersion: node.typeVersion, known: version },
    fixes: [replaceLayer(`Take ${say(node)} as this version has it`, node.id, type)],
  };
}
