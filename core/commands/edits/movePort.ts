import { BLOCK_INPUT, blockPorts } from '../../document/index.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { isPort } from '../steps/layout.ts';
import { graphOf, plain, requireNode } from '../steps/nodes.ts';

/** Moves a port of a block to another place among those of its side; past the end means last. Wires at its uses stay with it. */
export const movePort = defineCommand({
  name: 'movePort',
  run(draft, { graph: id, nodeId, order }) {
    const graph = graphOf(draft, id);
    const port = requireNode(graph, nodeId);
    if (!isPort(port)) refuse('no-such-port', 'No port', `“${port.name}” is no port of a block.`, { nodeId });
    const { inputs, outputs } = blockPorts(plain(graph));
    const others = (port.type === BLOCK_INPUT ? inputs : outputs)
      .map((node) => node.id)
      .filter((one) => one !== nodeId);
    const sequence = [...others.slice(0, order), nodeId, ...others.slice(order)];
    for (const [place, one] of sequence.entries()) {
      const { params } = requireNode(graph, one);
      if (params.order !== place) params.order = place;
    }
    return { label: `Move ${port.name}` };
  },
});
