import { z } from 'zod';
import { defineCommand, idArg, paramsArg, positionArg } from '../defineCommand.ts';
import { createNode, graphOf, requireLayer } from '../steps/nodes.ts';

/** Puts a layer on the canvas, not connected to anything. */
export const addNode = defineCommand({
  name: 'addNode',
  args: z.strictObject({
    type: z.string(),
    position: positionArg,
    params: paramsArg.optional(),
    name: z.string().optional(),
    id: idArg.optional(),
  }),
  run(draft, args) {
    const node = createNode(graphOf(draft), args);
    return { label: `Add ${requireLayer(args.type).title}`, created: [node.id] };
  },
});
