import type { DatasetField, Edge, LayerNode } from '../../document/index.ts';
import type { Shape } from '../../tensor/index.ts';
import type { LossName } from '../../training/index.ts';
import { incomingEdges, nodeById } from '../topology.ts';
import type { LintContext } from './defineRule.ts';
import { type FinalActivation, finalActivation } from './trace.ts';

/** An Output node with everything the rules about losses and targets ask of it. */
export interface Head {
  readonly node: LayerNode;
  readonly loss: LossName;
  readonly fromLogits: boolean;
  /** The wire into it and the layer that feeds it. */
  readonly wire: Edge;
  readonly source: LayerNode;
  readonly shape: Shape | null;
  readonly activation: FinalActivation;
  readonly activationNode: LayerNode | undefined;
  /** The part of the data it is compared with; null while there is no data. */
  readonly target: DatasetField | null;
  /** Number of classes of the target; null for numbers, and without data. */
  readonly classes: number | null;
}

/** Several rules ask for the heads of one analysis. */
const known = new WeakMap<LintContext, readonly Head[]>();

/** Connected Output nodes with valid parameters, in graph order. */
export function headsOf(context: LintContext): readonly Head[] {
  const found = known.get(context) ?? findHeads(context);
  known.set(context, found);
  return found;
}

function findHeads(context: LintContext): readonly Head[] {
  return context.order.flatMap((id) => {
    const node = nodeById(context.graph, id);
    if (node?.type !== 'Output') return [];
    const inferred = context.inferred.get(id);
    const [wire] = incomingEdges(context.graph, id);
    if (inferred === undefined || wire === undefined) return [];
    if (inferred.paramProblems.some((problem) => problem.severity === 'error') || inferred.misplaced.length > 0)
      return [];
    const source = nodeById(context.graph, wire.source);
    if (source === undefined) return [];
    const { activation, node: activationNode } = finalActivation(context, source.id);
    const target = fieldFor(context, 'target', String(inferred.params.field));
    const head: Head = {
      node,
      loss: inferred.params.loss as LossName,
      fromLogits: inferred.params.fromLogits === true,
      wire,
      source,
      shape: inferred.inputShapes[0] ?? null,
      activation,
      activationNode,
      target,
      classes: target?.classes?.length ?? null,
    };
    return [head];
  });
}

/** The field an Input or Output node means: the named one, or without a name the only one of its role. Null when that is none. */
export function fieldFor(context: LintContext, role: DatasetField['role'], name: string): DatasetField | null {
  const fields = context.dataset?.fields.filter((field) => field.role === role) ?? [];
  if (name !== '') return fields.find((field) => field.name === name) ?? null;
  return fields.length === 1 ? (fields[0] ?? null) : null;
}

/** The loss that suits the target of a head: by its classes, else by the activation before it. */
export function suitableLoss(classes: number | null, width: number | null, activation: FinalActivation): LossName {
  if (classes === 2 && width === 1) return 'binaryCrossentropy';
  if (classes !== null) return 'categoricalCrossentropy';
  return activation === 'sigmoid'
    ? 'binaryCrossentropy'
    : activation === 'softmax'
      ? 'categoricalCrossentropy'
      : 'meanSquaredError';
}
