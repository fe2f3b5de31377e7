import { checkParams, defaultParams } from '../../catalogue/index.ts';
import { autoName, firstInput, firstOutput, incomingEdges, nameStem, namesIn, portsOf } from '../../graph/index.ts';
import { defineCommand, refuse } from '../defineCommand.ts';
import {
  graphOf,
  type NodeDraft,
  plain,
  plainGraphs,
  requireLayer,
  requireNode,
  requireParams,
} from '../steps/nodes.ts';
import { requireEdge, wiresOutOf } from '../steps/wires.ts';

/**
 * Makes a layer one of another type: wires, place and any parameter both types share are kept, and so is its name, unless it
 * was the automatic one. Refused (`replace-ports`) where wires would lose their port.
 */
export const replaceLayer = defineCommand({
  name: 'replaceLayer',
  run(draft, { graph: id, nodeId, type, params = {} }) {
    const graph = graphOf(draft, id);
    const graphs = plainGraphs(draft);
    const node = requireNode(graph, nodeId);
    const layer = requireLayer(type);
    const label = `Replace ${node.name} with ${layer.title}`;
    movePorts();
    if (isAutomatic(node)) {
      const taken = namesIn(plain(graph));
      taken.delete(node.name);
      node.name = autoName(type, taken);
    }
    const defaults = defaultParams(layer);
    const shared = Object.fromEntries(
      Object.entries(plain(graph).nodes[nodeId]?.params ?? {}).filter(([name]) => Object.hasOwn(defaults, name)),
    );
    const next = { ...checkParams(layer, shared).params, ...params };
    requireParams(layer, next, node.name, Object.keys(params), nodeId);
    node.type = layer.type;
    node.typeVersion = layer.version;
    node.params = { ...next } as NodeDraft['params'];
    return { label, created: [nodeId] };

    function movePorts(): void {
      const into = incomingEdges(plain(graph), nodeId).map((edge) => requireEdge(graph, edge.id));
      const outOf = wiresOutOf(graph, nodeId);
      const ports = portsOf(layer, graphs);
      const input = firstInput(layer, graphs);
      const output = firstOutput(layer, graphs);
      const room = input?.arity === 'many' ? Number.POSITIVE_INFINITY : ports.inputs.length;
      if (into.length > room || (output === null && outOf.length > 0))
        refuse(
          'replace-ports',
          'Cannot replace',
          `“${node.name}” has wires that a ${layer.title} has no place for. Remove them first.`,
          { nodeId },
        );
      if (into.some((wire) => !ports.inputs.some((port) => port.name === wire.targetPort)))
        into.forEach((wire, index) => {
          const many = input?.arity === 'many';
          wire.targetPort = (many ? input : ports.inputs[index])?.name ?? wire.targetPort;
          wire.order = many ? index : 0;
        });
      for (const wire of outOf)
        if (output !== null && !ports.outputs.some((port) => port.name === wire.sourcePort))
          wire.sourcePort = output.name;
    }
  },
});

function isAutomatic(node: NodeDraft): boolean {
  const stem = nameStem(node.type);
  return node.name.startsWith(`${stem}_`) && /^\d+$/.test(node.name.slice(stem.length + 1));
}
