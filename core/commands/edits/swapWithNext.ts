import { firstOutput } from '../../graph/index.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { graphOf, plainGraphs, requireNode } from '../steps/nodes.ts';
import { wiresInto, wiresOutOf } from '../steps/wires.ts';

/**
 * Exchanges a layer with the one behind it in a chain, their places on the canvas too: BatchNorm, ReLU becomes ReLU, BatchNorm. What read the
 * second then reads the first. Refused (`not-in-chain`) where wires branch or meet between the two.
 */
export const swapWithNext = defineCommand({
  name: 'swapWithNext',
  run(draft, { graph: id, nodeId }) {
    const graph = graphOf(draft, id);
    const first = requireNode(graph, nodeId);
    const [arriving, ...besides] = wiresInto(graph, nodeId);
    const [between, ...others] = wiresOutOf(graph, nodeId);
    if (arriving === undefined || between === undefined || besides.length > 0 || others.length > 0)
      return notInChain(`“${first.name}” does not stand between exactly two others.`);
    const second = requireNode(graph, between.target);
    if (wiresInto(graph, second.id).length > 1) return notInChain(`More than one wire leads to “${second.name}”.`);
    const output = firstOutput(second, plainGraphs(draft));
    if (output === null) return notInChain(`“${second.name}” is where the network ends.`);
    const into = between.targetPort;
    for (const wire of wiresOutOf(graph, second.id))
      Object.assign(wire, { source: first.id, sourcePort: between.sourcePort });
    const entry = arriving.targetPort;
    Object.assign(arriving, { target: second.id, targetPort: into });
    Object.assign(between, { source: second.id, sourcePort: output.name, target: first.id, targetPort: entry });
    [first.position, second.position] = [second.position, first.position];
    return { label: `Swap ${first.name} and ${second.name}` };
  },
});

function notInChain(why: string): never {
  return refuse(
    'not-in-chain',
    'Cannot swap',
    `${why} Only neighbours in a chain can change places: one wire arrives, one goes on.`,
  );
}
