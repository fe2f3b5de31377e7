import type { Port } from '../../catalogue/index.ts';
import type { LayerNode } from '../../document/index.ts';
import type { Problem } from '../../errors.ts';
import type { OpenPort } from '../expand/index.ts';
import type { InferredNode } from '../inferNode.ts';
import { nodeById, outgoingEdges, reachable } from '../topology.ts';
import { defineRule } from './defineRule.ts';
import { say } from './trace.ts';

/**
 * Inputs without a wire. A layer that leads to an Output then stops the build, and so does an Output. One that does not, alone or as the
 * beginning of a branch being built, is only parked there and left out of the network: it does not shout before it is wired.
 */
export const unconnected = defineRule({
  name: 'unconnected-input',
  *check({ graph, order, inferred, flat }) {
    const outputs = order.filter((id) => nodeById(graph, id)?.type === 'Output');
    const matters = outputs.length === 0 ? new Set(order) : reachable(graph, outputs, 'up');
    const starved = [...flat.starved.values()];
    for (const id of order) {
      const node = nodeById(graph, id);
      const known = inferred.get(id);
      if (node === undefined || !known) continue;
      const alone = known.wires.length === 0 && outgoingEdges(graph, id).length === 0;
      const parked = !matters.has(id) || (alone && node.type !== 'Output' && order.length > 1);
      for (const port of known.unconnected) {
        if (starved.some((wire) => wire.target === id && wire.targetPort === port.name)) continue;
        yield {
          code: 'unconnected-input',
          severity: parked ? 'warning' : 'error',
          title: 'Not connected',
          message: parked
            ? `${alone ? `${say(node)} is not connected to anything` : `Nothing arrives at ${say(node)} yet`}, so it is left out of the network. Draw a wire into it, or delete it.`
            : missing(node, port, known),
          nodeId: id,
          port: port.name,
        };
      }
    }
    const open = new Map(
      starved
        .toSorted((a, b) => Number(matters.has(a.target)) - Number(matters.has(b.target)))
        .map((wire) => [JSON.stringify([wire.open.at, wire.open.port]), wire]),
    );
    for (const wire of open.values()) yield openPort(wire.open, !matters.has(wire.target));
  },
});

/** A layer gets nothing because a port of a block between has no wire: that is where one is drawn. */
function openPort({ at, port, portName, blockName }: OpenPort, parked: boolean): Problem {
  return {
    code: 'unconnected-input',
    severity: parked ? 'warning' : 'error',
    title: 'Not connected',
    message:
      port === null
        ? `Nothing arrives at the output “${portName}” inside the block ${say({ name: blockName })}, so what follows the block gets nothing. Draw a wire to it from a layer of the block.`
        : `Nothing arrives at the input “${portName}” of the block ${say({ name: blockName })}, which layers in it need. Draw a wire from another layer to it.`,
    nodeId: at,
    ...(port !== null && { port }),
  };
}

function missing(node: LayerNode, port: Port, { definition, wires }: InferredNode): string {
  const inputs = definition?.inputs ?? [];
  if (inputs.length < 2) return `Nothing arrives at ${say(node)}. Draw a wire from another layer to its input.`;
  const wired = inputs.filter(({ name }) => wires.some((wire) => wire.targetPort === name));
  const although =
    wired.length === 0
      ? ''
      : `, although ${wired.map(({ label }) => label).join(' and ')} ${wired.length === 1 ? 'has a wire' : 'have wires'}`;
  return `Nothing arrives at the input ${port.label} of ${say(node)}${although}. Draw a wire from another layer to it.`;
}
