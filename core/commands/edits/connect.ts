import { z } from 'zod';
import { defineCommand, idArg } from '../defineCommand.ts';
import { graphOf } from '../steps/nodes.ts';
import { connectPorts } from '../steps/wires.ts';

/** Draws a wire. A single input that is taken gives up its old wire. Refusals: those of `canConnect`. */
export const connect = defineCommand({
  name: 'connect',
  args: z.strictObject({ source: idArg, sourcePort: z.string(), target: idArg, targetPort: z.string() }),
  run(draft, args) {
    return { label: 'Connect', created: [connectPorts(graphOf(draft), args).id] };
  },
});
