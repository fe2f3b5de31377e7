import { type AnyParams, findLayer } from '../catalogue/index.ts';
import type { Graph, LayerNode } from '../document/index.ts';
import { incomingEdges, nodeById } from './topology.ts';

/** Where the numbers that leave a layer come from. */
export type ValueOrigin =
  /** From these Inputs, unchanged, in whatever order; padding may have put zeros beside them. */
  | { readonly kind: 'inputs'; readonly inputs: readonly LayerNode[] }
  /** Worked out by this layer: real numbers, which are whole by chance only. */
  | { readonly kind: 'computed'; readonly by: LayerNode }
  /** Neither is certain. */
  | { readonly kind: 'unknown' };

const UNKNOWN: ValueOrigin = { kind: 'unknown' };

/** Follows the numbers of a layer's output back to where they come from. About linear in the layers on the way. */
export function originOfValues(
  graph: Graph,
  nodeId: string,
  paramsOf: (nodeId: string) => AnyParams | null,
): ValueOrigin {
  const inputs: LayerNode[] = [];
  const seen = new Set<string>();
  const pending = [nodeId];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const node = nodeById(graph, id);
    const params = node === undefined ? null : paramsOf(id);
    if (node === undefined || params === null) return UNKNOWN;
    if (node.type === 'Input') {
      inputs.push(node);
      continue;
    }
    const stated = findLayer(node.type)?.traits.values;
    const values = typeof stated === 'function' ? stated(params) : stated;
    if (values === 'unclear') return UNKNOWN;
    if (values !== 'input') return { kind: 'computed', by: node };
    for (const edge of incomingEdges(graph, id)) pending.push(edge.source);
  }
  return { kind: 'inputs', inputs };
}
