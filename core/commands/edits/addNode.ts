import { defineCommand } from '../defineCommand.ts';
import { createNode, titleOf } from '../steps/create.ts';
import { graphOf } from '../steps/nodes.ts';

/** Puts a layer on the canvas, a use of a block, or a port of the block that the graph defines; not connected to anything. */
export const addNode = defineCommand({
  name: 'addNode',
  run(draft, args) {
    const node = createNode(draft, graphOf(draft, args.graph), args);
    return { label: `Add ${titleOf(draft, args)}`, created: [node.id] };
  },
});
