import type { AnyParams } from '../catalogue/index.ts';
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

/** Hand on numbers that arrived, and no others but zeros. */
const HANDS_ON: ReadonlySet<string> = new Set([
  'Flatten',
  'Reshape',
  'Permute',
  'ZeroPadding2D',
  'MaxPool1D',
  'MaxPool2D',
  'GlobalMaxPool1D',
  'GlobalMaxPool2D',
  'Concatenate',
  'Maximum',
]);
/** What comes out of these is whole for some whole numbers: sums, products, what is below zero cut off. */
const MAY_STAY_WHOLE: ReadonlySet<string> = new Set(['Add', 'Multiply', 'ReLU', 'LeakyReLU', 'PReLU']);

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
    const repeats = node.type === 'UpSampling2D' && params.interpolation === 'nearest';
    if (!repeats && !HANDS_ON.has(node.type))
      return MAY_STAY_WHOLE.has(node.type) || node.type === 'Output' ? UNKNOWN : { kind: 'computed', by: node };
    for (const edge of incomingEdges(graph, id)) pending.push(edge.source);
  }
  return { kind: 'inputs', inputs };
}
