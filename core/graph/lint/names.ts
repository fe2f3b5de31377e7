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
    let namer: ReturnType<typeof createNamer> | undefined;
    const freeName = (wanted: string) => {
      namer ??= createNamer(namesIn(graph));
      return namer(wanted);
    };
    for (const id of [...order].sort(compareNatural)) {
      const node = nodeById(graph, id);
      if (node === undefined) continue;
      const own = ownName(id, node.name);
      if (!LAYER_NAME_PATTERN.test(own)) {
        const name = freeName(own);
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
      const name = freeName(node.name);
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
