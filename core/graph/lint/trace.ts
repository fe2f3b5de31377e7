import type { LayerNode } from '../../document/index.ts';
import { incomingEdges, nodeById } from '../topology.ts';
import type { LintContext } from './defineRule.ts';

/** Layers that change neither which activation the values went through nor what they mean. */
const TRANSPARENT: ReadonlySet<string> = new Set(['Flatten', 'Reshape', 'Permute', 'Dropout', 'SpatialDropout2D']);

export type FinalActivation = 'softmax' | 'sigmoid' | 'other' | 'unknown';

/** The activation that values leaving a node went through last, and the layer that applies it. */
export function finalActivation(
  context: LintContext,
  nodeId: string,
): { readonly activation: FinalActivation; readonly node: LayerNode | undefined } {
  const node = nodeById(context.graph, nodeId);
  const inferred = context.inferred.get(nodeId);
  if (node === undefined || inferred === undefined || inferred.definition === null || context.cyclic.includes(nodeId))
    return { activation: 'unknown', node };
  if (node.type === 'Softmax') return { activation: 'softmax', node };
  if (node.type === 'Sigmoid') return { activation: 'sigmoid', node };
  const own = inferred.params.activation;
  if (own !== undefined) return { activation: own === 'softmax' || own === 'sigmoid' ? own : 'other', node };
  const sources = incomingEdges(context.graph, nodeId).map((edge) => edge.source);
  const [first] = sources;
  if (TRANSPARENT.has(node.type) && first !== undefined) return finalActivation(context, first);
  if (node.type === 'Average' && first !== undefined) {
    // The mean of probabilities is a probability: an ensemble.
    const all = sources.map((source) => finalActivation(context, source).activation);
    if (all.every((activation) => activation === all[0])) return { activation: all[0] ?? 'unknown', node };
  }
  return { activation: 'other', node };
}

/** Parameter that sets the size of the last axis. */
const WIDTH_PARAMS: { readonly [type: string]: string } = {
  Dense: 'units',
  Conv1D: 'filters',
  Conv2D: 'filters',
  SeparableConv2D: 'filters',
  SimpleRNN: 'units',
  LSTM: 'units',
  GRU: 'units',
};

const KEEPS_WIDTH: ReadonlySet<string> = new Set(['act', 'norm', 'reg', 'pool']);

/** The layer and parameter that decide how wide the output of a node is, found by walking back; null where none does alone. */
export function widthSource(
  context: LintContext,
  nodeId: string,
): { readonly node: LayerNode; readonly param: string } | null {
  for (let id: string | undefined = nodeId; id !== undefined; ) {
    const node = nodeById(context.graph, id);
    const definition = context.inferred.get(id)?.definition;
    if (node === undefined || !definition || context.cyclic.includes(id)) return null;
    const param = WIDTH_PARAMS[node.type];
    if (param !== undefined) return { node, param };
    if (!KEEPS_WIDTH.has(definition.family)) return null;
    id = incomingEdges(context.graph, id)[0]?.source;
  }
  return null;
}

/** A layer's name as sentences write it. */
export function say(node: Pick<LayerNode, 'name'> | undefined): string {
  return `“${node?.name ?? '?'}”`;
}

/** `units` in words: "units", "kernel size". */
export function label(context: LintContext, node: LayerNode, param: string): string {
  const text: unknown = context.inferred.get(node.id)?.definition?.params[param]?.label;
  return typeof text === 'string' ? text.toLowerCase() : param;
}
