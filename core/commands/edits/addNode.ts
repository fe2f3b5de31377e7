import { defineCommand } from '../defineCommand.ts';
import { createNode, graphOf, requireLayer } from '../steps/nodes.ts';

/** Puts a layer on the canvas, not connected to anything. */
export const addNode = defineCommand({
  name: 'addNode',
  run(draft, args) {
    const node = createNode(graphOf(draft, args.graph), args);
    return { label: `Add ${requireLayer(args.type).title}`, created: [node.id] };
  },
});
