import { BLOCK, type BlockUse, blockPorts, type Graph, type LayerNode, readBlockUse } from '../../document/index.ts';
import { MOST_LAYERS } from '../../graph/index.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import { requireDefinition, sayDefinition, usesOf } from '../steps/definitions.ts';
import { graphOf, plain, requireNode } from '../steps/nodes.ts';
import { putInPlace } from '../steps/putInPlace.ts';

/**
 * Puts the layers of a block in place of one of its uses: the inverse of `groupIntoBlock`. Ids, names, wires and places are those that they have
 * inside, as far as they are free; a repeated block is laid out in series, its values put in. The definition goes where nothing else uses it.
 * Refusals: `block-invalid`, `block-repeat`, `network-too-large`, no such graph.
 */
export const expandBlock = defineCommand({
  name: 'expandBlock',
  run(draft, { graph: id, nodeId }) {
    const graph = graphOf(draft, id);
    const { id: key } = requireNode(graph, nodeId);
    const node = plain(graph).nodes[key] as LayerNode;
    const use = requireUse(node);
    const definition = plain(requireDefinition(draft, use.graph));
    refuseSeries(node, use, definition);
    const created = putInPlace(graph, { node, use, definition, inMain: graph.id === draft.root });
    if (usesOf(draft, definition.id).length === 0) delete draft.graphs[definition.id];
    return { label: `Expand ${node.name}`, created };
  },
});

function requireUse(node: LayerNode): BlockUse {
  if (typeof node.params.repeat === 'string')
    refuse(
      'block-repeat',
      'Cannot expand',
      `How often “${node.name}” stands in series follows a formula (${node.params.repeat}), so its layers cannot be counted. Give it a number first.`,
      { nodeId: node.id, param: 'repeat' },
    );
  const read = readBlockUse(node.params);
  if (node.type !== BLOCK || 'fault' in read)
    return refuse('block-invalid', 'Cannot expand', `“${node.name}” is no use of a block.`, { nodeId: node.id });
  return read.use;
}

function refuseSeries(node: LayerNode, { repeat }: BlockUse, definition: Graph): void {
  const { inputs, outputs } = blockPorts(definition);
  if (repeat > 1 && inputs.length !== outputs.length)
    refuse(
      'block-repeat',
      'Cannot expand',
      `“${node.name}” stands ${repeat} times in series, but the block “${sayDefinition(definition)}” has not as many outputs as inputs. Use it once, or give it as many of either.`,
      { nodeId: node.id, param: 'repeat' },
    );
  if (repeat * Object.keys(definition.nodes).length > MOST_LAYERS)
    refuse(
      'network-too-large',
      'Cannot expand',
      `All ${repeat.toLocaleString('en')} repetitions of “${node.name}” written out would be more than ${MOST_LAYERS.toLocaleString('en')} layers. Repeat it fewer times.`,
      { nodeId: node.id, param: 'repeat' },
    );
}
