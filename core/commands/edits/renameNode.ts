import { namesIn } from '../../graph/index.ts';
import { defineCommand } from '../defineCommand.ts';
import { graphOf, plain, requireName, requireNode } from '../steps/nodes.ts';

/** Gives a layer another name. Refusals: `invalid-name`, `duplicate-name`, each with a free legal name as a fix. */
export const renameNode = defineCommand({
  name: 'renameNode',
  run(draft, { graph: id, nodeId, name }) {
    const graph = graphOf(draft, id);
    const node = requireNode(graph, nodeId);
    const before = node.name;
    if (name !== before) {
      requireName(name, namesIn(plain(graph)), nodeId);
      node.name = name;
    }
    return { label: `Rename ${before}` };
  },
});
