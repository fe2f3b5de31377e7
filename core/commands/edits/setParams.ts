import { type JsonObject, type JsonValue, sameJson } from '../../json.ts';
import { defineCommand } from '../defineCommand.ts';
import { type GraphDraft, graphOf, plain, requireLayer, requireNode, requireParams } from '../steps/nodes.ts';

/** Changes one parameter of a layer. Refused: values the layer does not accept (`invalid-param`, `unknown-param`). */
export const setParam = defineCommand({
  name: 'setParam',
  run(draft, { graph: id, nodeId, param, value }) {
    const graph = graphOf(draft, id);
    const { name, type } = requireNode(graph, nodeId);
    change(graph, nodeId, { [param]: value });
    const label: unknown = requireLayer(type).params[param]?.label;
    return { label: `Set ${typeof label === 'string' ? label.toLowerCase() : param} of ${name}` };
  },
});

/** Changes several parameters of a layer at once: all or none. */
export const setParams = defineCommand({
  name: 'setParams',
  run(draft, { graph: id, nodeId, params }) {
    const graph = graphOf(draft, id);
    change(graph, nodeId, params);
    return { label: `Change ${requireNode(graph, nodeId).name}` };
  },
});

function change(graph: GraphDraft, nodeId: string, params: JsonObject): void {
  const node = requireNode(graph, nodeId);
  const layer = requireLayer(node.type);
  const before = (plain(graph).nodes[nodeId]?.params ?? {}) as { readonly [name: string]: JsonValue };
  requireParams(layer, { ...before, ...params }, node.name, Object.keys(params), nodeId);
  for (const [param, value] of Object.entries(params))
    if (!Object.hasOwn(before, param) || !sameJson(before[param], value))
      Object.assign(node.params, { [param]: value });
}
