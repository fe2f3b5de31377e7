import { compareNatural, LAYER_NAME_PATTERN } from '../../document/index.ts';
import { graphById } from '../expand/index.ts';
import { createNamer, namesIn } from '../naming.ts';
import { nodeById } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { renameNode } from './fixes.ts';

/** Layer names become names of variables and of weights in files: each must be legal and used once. */
export const names = defineRule({
  name: 'name',
  *check({ graph, order, flat, document }) {
    // In a block, names are paths: the layer's own is the last part.
    const ownName = (id: string, name: string) => {
      const origin = flat.origins.get(id);
      return (origin && graphById(document, origin.graph)?.nodes[origin.node]?.name) ?? name;
    };
    const owners = new Map<string, string>();
    const namers = new Map<string, ReturnType<typeof createNamer>>();
    const freeName = (id: string, wanted: string) => {
      const place = flat.origins.get(id)?.graph ?? document.root;
      const namer = namers.get(place) ?? createNamer(namesIn(graphById(document, place) ?? graph));
      namers.set(place, namer);
      return namer(wanted);
    };
    for (const id of [...order].sort(compareNatural)) {
      const node = nodeById(graph, id);
      if (node === undefined) continue;
      const own = ownName(id, node.name);
      if (!LAYER_NAME_PATTERN.test(own)) {
        const name = freeName(id, own);
        yield {
          code: 'invalid-name',
          severity: 'error',
          title: 'Name',
          message: `“${own}” cannot be a layer’s name, because it becomes a variable in exported code: use a letter first, then letters, digits and underscores, at most 64.`,
          nodeId: id,
          fixes: [renameNode(`Rename it to “${name}”`, id, name)],
        };
        continue;
      }
      if (!owners.has(node.name)) {
        owners.set(node.name, id);
        continue;
      }
      const name = freeName(id, own);
      yield {
        code: 'duplicate-name',
        severity: 'error',
        title: 'Name taken',
        message: `Two layers are called “${node.name}”. Their weights are stored under that name, so each needs its own.`,
        nodeId: id,
        facts: { name: node.name, other: owners.get(node.name) ?? '' },
        fixes: [renameNode(`Rename it to “${name}”`, id, name)],
      };
    }
  },
});
