import { BLOCK } from '../../document/index.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { createNode, titleOf } from '../steps/create.ts';
import { adoptDefinitions } from '../steps/definitions.ts';
import { graphOf } from '../steps/nodes.ts';
import { freePlace } from '../steps/room.ts';
import { putOnEdge } from './insertOnEdge.ts';

/**
 * Puts a use of a block on the canvas, or on a wire, and its definition with all it needs into the document, where they are not there
 * already. Refusals: those of `adoptDefinitions`, a block that would hold itself, a wire where the block has no input or output.
 */
export const addBlock = defineCommand({
  name: 'addBlock',
  run(draft, { graph: id, definitions, root, position, edgeId, name, values, repeat }) {
    const graph = graphOf(draft, id);
    const used = adoptDefinitions(draft, definitions).get(root);
    if (used === undefined)
      return refuse('invalid-definition', 'Block', `Among the definitions to add there is none with the id “${root}”.`);
    const params = { graph: used, ...(values !== undefined && { values }), ...(repeat !== undefined && { repeat }) };
    const use = { type: BLOCK, params, name };
    const created =
      edgeId === undefined
        ? createNode(draft, graph, { ...use, position: position ?? freePlace(graph, { x: 0, y: 0 }) }).id
        : putOnEdge(draft, graph, edgeId, { ...use, position });
    return { label: `Add ${titleOf(draft, use)}`, created: [created] };
  },
});
