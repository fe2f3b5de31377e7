import { findLayer } from '../../catalogue/index.ts';
import type { LayerNode } from '../../document/index.ts';
import { incomingEdges, nodeById } from '../topology.ts';
import type { LintContext } from './defineRule.ts';

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
