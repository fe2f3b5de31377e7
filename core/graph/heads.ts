import type { AnyParams } from '../catalogue/index.ts';
import type { DatasetField, DatasetSummary, Edge, LayerNode, LoomDocument } from '../document/index.ts';
import { type Shape, sizeOf } from '../tensor/index.ts';
import {
  type AnyLoss,
  LOSSES,
  type LossName,
  lossOf,
  type MetricSettings,
  metricsOf,
  type Outputs,
  type TargetKind,
  usualLoss,
} from '../training/index.ts';
import { type FinalActivation, finalActivation } from './finalActivation.ts';
import type { ResolvedGraph } from './resolve.ts';
import { incomingEdges, nodeById, outgoingEdges } from './topology.ts';

/** An Output of a design: what leaves the network there, what it is compared with, and how. */
export interface Head {
  readonly node: LayerNode;
  /** The wire into it and the layer that feeds it. */
  readonly wire: Edge;
  readonly source: LayerNode;
  /** Of what arrives, for one sample; null where it is not known. */
  readonly shape: Shape | null;
  readonly loss: AnyLoss;
  /** Values of the loss's own parameters. */
  readonly lossParams: AnyParams;
  readonly lossWeight: number;
  /** What arrives has not been through the activation that the loss wants, and the loss is told so. */
  readonly fromLogits: boolean;
  /** What was applied last to what arrives, and the layer that did it. */
  readonly activation: FinalActivation;
  readonly activationNode: LayerNode | undefined;
  /** The loss goes around the activation that `source` ends in: it is computed from what stands before that. */
  readonly goesAround: boolean;
  /** What the loss is computed from. */
  readonly trainsOn: Outputs;
  /** Name of the part of the data it is to be compared with; empty: the only one there is. */
  readonly field: string;
  /** That part of the data; null while there is none. */
  readonly target: DatasetField | null;
  /** Number of classes of the target; null for numbers, and without data. */
  readonly classes: number | null;
  /** What it is compared with, which also says how the target is encoded; null where neither data nor loss say. */
  readonly kind: TargetKind | null;
  /** Metrics that were chosen for it, beside the usual one. */
  readonly chosenMetrics: readonly MetricSettings[];
  /** Numeric targets are standardised for training, which is undone in the kernel and bias of `source` afterwards. */
  readonly scaled: boolean;
}

/** What heads follow from: a resolved graph, the settings, and what is known of the data. */
export interface HeadContext extends ResolvedGraph {
  readonly document: LoomDocument;
  readonly dataset: DatasetSummary | null;
}

const known = new WeakMap<HeadContext, readonly Head[]>();

/** Connected Outputs with valid parameters, in graph order. Worked out once for each context. */
export function headsOf(context: HeadContext): readonly Head[] {
  const heads = known.get(context) ?? context.order.flatMap((id) => headAt(context, id) ?? []);
  known.set(context, heads);
  return heads;
}

function headAt(context: HeadContext, id: string): Head | null {
  const { graph } = context;
  const node = nodeById(graph, id);
  const inferred = context.inferred.get(id);
  const [wire] = incomingEdges(graph, id);
  if (node?.type !== 'Output' || inferred === undefined || wire === undefined) return null;
  const unsound = inferred.paramProblems.some((problem) => problem.severity === 'error');
  const source = nodeById(graph, wire.source);
  if (unsound || inferred.misplaced.length > 0 || source === undefined) return null;
  const { params } = inferred;
  // The schema of Output has held both against the registries.
  const loss = lossOf(params.loss as LossName);
  const chosenMetrics = params.metrics as unknown as readonly MetricSettings[];
  const fromLogits = loss.params.fromLogits !== undefined && params.fromLogits === true;
  const goesAround = loss.activation !== null && !fromLogits && endOf(context, source) === loss.activation;
  const shape = inferred.inputShapes[0] ?? null;
  const field = String(params.field);
  const target = fieldFor(context, 'target', field);
  const last = finalActivation(context, source.id);
  return {
    node,
    wire,
    source,
    shape,
    loss,
    lossParams: Object.fromEntries(Object.keys(loss.params).map((name) => [name, params[name] ?? null])),
    lossWeight: Number(params.lossWeight),
    fromLogits,
    activation: last.activation,
    activationNode: last.node,
    goesAround,
    trainsOn: loss.activation === null ? 'values' : fromLogits || goesAround ? 'logits' : 'probabilities',
    field,
    target,
    classes: target?.classes?.length ?? null,
    kind: targetKind(loss, shape, target === null ? undefined : (target.classes?.length ?? null)),
    chosenMetrics,
    scaled: target?.classes === undefined && loss.for === 'numbers' && canUndoScaling(context, source),
  };
}

/** The activation that a layer ends in, if it does nothing behind that. */
function endOf({ inferred }: HeadContext, { id }: LayerNode): string | null {
  const layer = inferred.get(id);
  return layer?.definition?.traits.endsIn?.(layer.params) ?? null;
}

/** Whether targets are standardised, and factor and offset on what this layer puts out could be had by other weights of its own. */
function canUndoScaling({ document, graph, inferred, active }: HeadContext, { id }: LayerNode): boolean {
  if (document.data.targetScaling !== 'standardise') return false;
  const layer = inferred.get(id);
  if (layer?.definition?.traits.rescales?.(layer.params) !== true) return false;
  const readers = new Set(outgoingEdges(graph, id).map((wire) => wire.target));
  return [...readers].filter((reader) => active.has(reader)).length === 1;
}

/**
 * What a head is compared with: one class of several (class numbers become one-hot over its outputs), one of two by a single output (the
 * class number itself), or numbers as they are. Null where neither data nor loss say.
 * @param shape of what arrives
 * @param classes number of classes of the target, null for numbers; undefined where there are no data
 */
export function targetKind(loss: AnyLoss, shape: Shape | null, classes: number | null | undefined): TargetKind | null {
  if (classes === undefined) return loss.for === 'classes' ? 'classes' : null;
  if (classes === null) return 'numbers';
  return shape !== null && sizeOf(shape) === 1 ? 'binary' : 'classes';
}

/** Everything that is measured of a head beside its loss. */
export function measuredOf({ kind, chosenMetrics }: Pick<Head, 'kind' | 'chosenMetrics'>): readonly MetricSettings[] {
  return metricsOf(kind ?? 'numbers', chosenMetrics);
}

/** The field an Input or Output node means: the named one, or without a name the only one of its role. Null when that is none. */
export function fieldFor(
  { dataset }: Pick<HeadContext, 'dataset'>,
  role: DatasetField['role'],
  name: string,
): DatasetField | null {
  const fields = dataset?.fields.filter((field) => field.role === role) ?? [];
  if (name !== '') return fields.find((field) => field.name === name) ?? null;
  return fields.length === 1 ? (fields[0] ?? null) : null;
}

/** Whether the loss answers the kind of question the target asks. True without data. */
export function lossSuitsTarget({ loss, target, classes }: Head): boolean {
  if (target === null) return true;
  if (classes === null) return loss.for === 'numbers';
  return loss.for === 'classes' || (loss.for === 'binary' && classes === 2);
}

/**
 * The loss that suits a target: by its classes, or else that for numbers; without data by the activation that comes last.
 * @param width how many numbers arrive for each sample; null where that is not known
 */
export function suitableLoss(
  target: Pick<DatasetField, 'classes'> | null,
  width: number | null,
  activation: FinalActivation,
): LossName {
  if (target !== null) {
    if (target.classes === undefined) return usualLoss('numbers');
    return usualLoss(target.classes.length === 2 && width === 1 ? 'binary' : 'classes');
  }
  const kinds = ['binary', 'classes'] as const;
  return usualLoss(kinds.find((kind) => LOSSES[usualLoss(kind)].activation === activation) ?? 'numbers');
}
