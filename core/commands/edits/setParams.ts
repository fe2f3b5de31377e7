import { BLOCK, readBlockUse } from '../../document/index.ts';
import { formulasIn } from '../../expressions/index.ts';
import { type JsonObject, type JsonValue, sameJson } from '../../json.ts';
import { type DocumentDraft, defineCommand, refuse } from '../defineCommand.ts';
import { requireFormulas, requireUseOf } from '../steps/blockParameters.ts';
import { type GraphDraft, graphOf, plain, requireLayer, requireNode, requireParams } from '../steps/nodes.ts';

/**
 * Changes one parameter of a layer, or how often a use of a block stands in series (`repeat`). Refused: values the layer does not accept
 * (`invalid-param`, `unknown-param`) and formulas that cannot be read (`block-expression`). In the main graph layers have no formulas.
 */
export const setParam = defineCommand({
  name: 'setParam',
  run(draft, { graph: id, nodeId, param, value }) {
    const graph = graphOf(draft, id);
    const { name, type } = requireNode(graph, nodeId);
    change(draft, graph, nodeId, { [param]: value });
    const label: unknown = type === BLOCK ? param : requireLayer(type).params[param]?.label;
    return { label: `Set ${typeof label === 'string' ? label.toLowerCase() : param} of ${name}` };
  },
});

/** Changes several parameters of a layer at once: all or none. */
export const setParams = defineCommand({
  name: 'setParams',
  run(draft, { graph: id, nodeId, params }) {
    const graph = graphOf(draft, id);
    change(draft, graph, nodeId, params);
    return { label: `Change ${requireNode(graph, nodeId).name}` };
  },
});

function change(draft: DocumentDraft, graph: GraphDraft, nodeId: string, params: JsonObject): void {
  const node = requireNode(graph, nodeId);
  const before = (plain(graph).nodes[nodeId]?.params ?? {}) as { readonly [name: string]: JsonValue };
  if (node.type === BLOCK) requireRepeat(graph, nodeId, before, params);
  else {
    const layer = requireLayer(node.type);
    const worked = Object.keys(params).filter(
      (param) => graph.id !== draft.root && formulasIn(params[param] ?? null).length > 0,
    );
    for (const param of worked) {
      if (!Object.hasOwn(layer.params, param)) continue;
      requireFormulas(params[param] ?? null, String(layer.params[param]?.label), { param, nodeId });
    }
    const others = Object.keys(params).filter(
      (param) => !worked.includes(param) || !Object.hasOwn(layer.params, param),
    );
    requireParams(layer, { ...before, ...params }, node.name, others, nodeId);
  }
  for (const [param, value] of Object.entries(params))
    if (!Object.hasOwn(before, param) || !sameJson(before[param], value))
      Object.assign(node.params, { [param]: value });
}

/** Of a use, only how often it stands is set so: its values have an edit of their own, and its block is what it is. */
function requireRepeat(graph: GraphDraft, nodeId: string, before: JsonObject, params: JsonObject): void {
  const node = requireNode(graph, nodeId);
  requireUseOf(node);
  const other = Object.keys(params).find((param) => param !== 'repeat');
  if (other !== undefined)
    refuse(
      'unknown-param',
      'No such parameter',
      `“${node.name}” uses a block, so “${other}” is not set like a layer’s parameter.`,
      { nodeId },
    );
  requireFormulas(params.repeat ?? null, 'Repetitions', { param: 'repeat', nodeId });
  if ('fault' in readBlockUse({ ...before, ...params }))
    refuse(
      'invalid-param',
      'Repetitions',
      `“${node.name}” can stand in series a whole number of times, at least once, not ${JSON.stringify(params.repeat)}.`,
      {
        param: 'repeat',
        nodeId,
      },
    );
}
