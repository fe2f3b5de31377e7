import type { LayerNode } from '../document/index.ts';
import type { ResolvedGraph } from './resolve.ts';
import { incomingEdges, nodeById } from './topology.ts';

export type FinalActivation = 'softmax' | 'sigmoid' | 'other' | 'unknown';

/** The activation that values leaving a node went through last, and the layer that applies it. */
export function finalActivation(
  context: ResolvedGraph,
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
