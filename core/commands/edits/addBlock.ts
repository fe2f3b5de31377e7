import { BLOCK } from '../../document/index.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { createNode, titleOf } from '../steps/create.ts';
import { adoptDefinitions } from '../steps/definitions.ts';
import { graphOf } from '../steps/nodes.ts';
import { freePlace } from '../steps/room.ts';
import { putBehind } from './insertAfter.ts';
import { putOnEdge } from './insertOnEdge.ts';

/**
 * Puts a use of a block on the canvas, on a wire, or behind a layer, and its definition with all it needs into the document, where they are not there
 * already. Refusals: those of `adoptDefinitions`, a block that would hold itself, a wire where the block has no input or output.
 */
export const addBlock = defineCommand({
  name: 'addBlock',
  run(draft, { graph: id, definitions, root, position, edgeId, nodeId, name, values, repeat }) {
    const graph = graphOf(draft, id);
    const used = adoptDefinitions(draft, definitions).get(root);
    if (used === undefined)
      return refuse('invalid-definition', 'Block', `Among the definitions to add there is none with the id “${root}”.`);
    const params = { graph: used, ...(values !== undefined && { values }), ...(repeat !== undefined && { repeat }) };
    const use = { type: BLOCK, params, name };
    const put = () => {
      if (edgeId !== undefined) return putOnEdge(draft, graph, edgeId, { ...use, position });
      if (nodeId !== undefined) return putBehind(draft, graph, nodeId, use);
      return createNode(draft, graph, { ...use, position: position ?? freePlace(graph, { x: 0, y: 0 }) }).id;
    };
    const created = put();
    return { label: `Add ${titleOf(draft, use)}`, created: [created] };
  },
});
