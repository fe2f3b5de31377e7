import { findLayer } from '../../catalogue/index.ts';
import type { LayerNode } from '../../document/index.ts';
import { incomingEdges, nodeById } from '../topology.ts';
import type { LintContext } from './defineRule.ts';

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
  const passed = inferred.definition.traits.activation;
  if (passed === 'softmax' || passed === 'sigmoid') return { activation: passed, node };
  const own = inferred.params.activation;
  if (own !== undefined) return { activation: own === 'softmax' || own === 'sigmoid' ? own : 'other', node };
  const sources = incomingEdges(context.graph, nodeId).map((edge) => edge.source);
  const [first] = sources;
  if (passed === 'input' && first !== undefined) return finalActivation(context, first);
  if (passed === 'common' && first !== undefined) {
    // The mean of probabilities is a probability: an ensemble.
    const all = sources.map((source) => finalActivation(context, source).activation);
    if (all.every((activation) => activation === all[0])) return { activation: all[0] ?? 'unknown', node };
  }
  return { activation: 'other', node };
}

/** Whether a node is a layer that does nothing but apply a softmax or a sigmoid. */
export function isActivation(node: LayerNode): boolean {
  const activation = findLayer(node.type)?.traits.activation;
  return activation === 'softmax' || activation === 'sigmoid';
}

/** The layer and parameter that decide how wide the output of a node is, found by walking back; null where none does alone. */
export function widthSource(
  context: LintContext,
  nodeId: string,
): { readonly node: LayerNode; readonly param: string } | null {
  for (let id: string | undefined = nodeId; id !== undefined; ) {
    const node = nodeById(context.graph, id);
    const definition = context.inferred.get(id)?.definition;
    if (node === undefined || !definition || context.cyclic.includes(id)) return null;
    const { width } = definition.traits;
    if (width === undefined) return null;
    if (width !== 'kept') return { node, param: width.param };
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
