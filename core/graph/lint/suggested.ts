import {
  type AnyParams,
  checkParams,
  findLayer,
  type Inference,
  type InferenceFailure,
  isLayerType,
  type Suggestion,
} from '../../catalogue/index.ts';
import type { EditFix } from '../../errors.ts';
import type { Shape } from '../../tensor/index.ts';
import type { InferredNode } from '../inferNode.ts';
import { insertOnEdge, setParam, together } from './fixes.ts';

/** A layer's suggestions as fixes, without those after which it would fail in the same way. */
export function suggestedFixes(failure: InferenceFailure, node: InferredNode, nodeId: string): readonly EditFix[] {
  const shapes = knownShapes(node);
  return (failure.suggestions ?? []).flatMap((suggestion) =>
    shapes === null || mends(node, shapes, suggestion) ? asFix(suggestion, node, nodeId) : [],
  );
}

/** A suggestion as edits of the document. Empty where a wire is not there. */
export function asFix(suggestion: Suggestion, node: InferredNode, nodeId: string): readonly EditFix[] {
  if (suggestion.kind === 'setParam') return [setParam(suggestion.label, nodeId, suggestion.param, suggestion.value)];
  if (suggestion.kind === 'several') {
    const fixes = suggestion.steps.flatMap((step) => asFix(step, node, nodeId));
    return fixes.length < suggestion.steps.length ? [] : [together(suggestion.label, ...fixes)];
  }
  const wire = node.wires[suggestion.input];
  if (wire === undefined || !isLayerType(suggestion.type)) return [];
  return [insertOnEdge(suggestion.label, wire.id, suggestion.type, suggestion.params)];
}

/** The shapes that arrive, where all are known. */
export function knownShapes(node: InferredNode): readonly Shape[] | null {
  const shapes = node.inputShapes.flatMap((shape) => (shape === null ? [] : [shape]));
  return shapes.length === node.inputShapes.length ? shapes : null;
}

/** What the layer says to other shapes, or with other parameters; null where it is not known. */
export function inferWith(
  node: InferredNode,
  shapes: readonly Shape[],
  params: AnyParams = node.params,
): Inference | null {
  return node.definition?.infer(params, shapes) ?? null;
}

/** Whether the layer, to which these shapes come, no longer fails in the way it does once this is done. */
export function mends(node: InferredNode, before: readonly Shape[], suggestion: Suggestion): boolean {
  const now = inferWith(node, before);
  if (now === null || now.ok) return false;
  const steps = suggestion.kind === 'several' ? suggestion.steps : [suggestion];
  const shapes = [...before];
  let params = node.params;
  for (const step of steps) {
    if (step.kind === 'setParam') {
      params = { ...params, [step.param]: step.value };
      continue;
    }
    const layer = findLayer(step.type);
    const arrives = shapes[step.input];
    if (layer === undefined || arrives === undefined) return false;
    const inserted = layer.infer(checkParams(layer, { ...step.params }).params, [arrives]);
    if (!inserted.ok) return false;
    shapes[step.input] = inserted.shape;
  }
  const after = inferWith(node, shapes, params);
  return after !== null && (after.ok || after.failure.code !== now.failure.code);
}
