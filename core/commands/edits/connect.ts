import { defineCommand } from '../defineCommand.ts';
import { graphOf, plainGraphs } from '../steps/nodes.ts';
import { connectPorts } from '../steps/wires.ts';

/** Draws a wire. A single input that is taken gives up its old wire. Refusals: those of `canConnect`. */
export const connect = defineCommand({
  name: 'connect',
  run(draft, { graph, ...wire }) {
    return { label: 'Connect', created: [connectPorts(graphOf(draft, graph), wire, plainGraphs(draft)).id] };
  },
});
