import { defineCommand } from '../defineCommand.ts';
import { graphOf } from '../steps/nodes.ts';
import { removeWire } from '../steps/wires.ts';

/** Removes one wire. */
export const disconnect = defineCommand({
  name: 'disconnect',
  run(draft, { graph, edgeId }) {
    removeWire(graphOf(draft, graph), edgeId);
    return { label: 'Remove wire' };
  },
});
