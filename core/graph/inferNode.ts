import {
  type AnyLayerDefinition,
  type AnyParams,
  checkParams,
  findLayer,
  type InferenceFailure,
  type Port,
  type WeightSpec,
} from '../catalogue/index.ts';
import type { Edge, LayerNode } from '../document/index.ts';
import type { Problem } from '../errors.ts';
import { type Shape, sameShape, sizeOf } from '../tensor/index.ts';
import { type ReceptiveField, receptiveFieldAfter } from './receptiveField.ts';

/** What follows from a node's type, parameters and arriving shapes alone. Knows nothing of names, positions or data. */
export interface InferredNode {
  readonly type: string;
  /** Parameters as in the document: the identity that tells whether they changed. */
  readonly rawParams: AnyParams;
  readonly wires: readonly Edge[];
  readonly inputFields: readonly (ReceptiveField | null)[];
  readonly definition: AnyLayerDefinition | null;
  /** Complete, defaults filled in. */
  readonly params: AnyParams;
  readonly inputShapes: readonly (Shape | null)[];
  /** One for each output port; empty when they cannot be known. */
  readonly outputShapes: readonly Shape[];
  readonly weights: readonly WeightSpec[];
  readonly macs: number;
  readonly arithmetic: readonly string[];
  readonly receptiveField: ReceptiveField | null;
  /** Inputs without a wire that need one. */
  readonly unconnected: readonly Port[];
  /** Wires that meet no port of this layer, or a single input that already has one. */
  readonly misplaced: readonly Edge[];
  readonly paramProblems: readonly Problem[];
  readonly failure: InferenceFailure | null;
}

export interface Arrival {
  readonly wire: Edge;
  readonly shape: Shape | null;
  readonly field: ReceptiveField | null;
}

/** `previous` comes back as it is when nothing this node's inference depends on has changed; `onInfer` counts the times it has. */
export function inferNode(
  node: LayerNode,
  arrivals: readonly Arrival[],
  previous: InferredNode | undefined,
  onInfer?: (nodeId: string) => void,
): InferredNode {
  const sameParams = previous !== undefined && previous.type === node.type && previous.rawParams === node.params;
  if (sameParams && sameArrivals(previous, arrivals)) return previous;
  onInfer?.(node.id);
  const definition = findLayer(node.type) ?? null;
  const checked =
    definition === null
      ? { params: node.params, problems: [] }
      : sameParams
        ? { params: previous.params, problems: previous.paramProblems }
        : checkParams(definition, node.params);
  const wires = arrivals.map((arrival) => arrival.wire);
  const inputShapes = arrivals.map((arrival) => arrival.shape);
  const inputFields = arrivals.map((arrival) => arrival.field);
  const unconnected = definition === null ? NONE : unconnectedPorts(definition, wires);
  const misplaced = definition === null ? NONE : misplacedWires(definition, wires);
  const { params, problems: paramProblems } = checked;
  const valid = !paramProblems.some((problem) => problem.severity === 'error');
  const ready = definition !== null && valid && unconnected.length === 0 && misplaced.length === 0;
  const shapes = ready && allKnown(inputShapes) ? inputShapes : null;
  const inferred = definition !== null && shapes !== null ? definition.infer(params, shapes) : null;
  const done =
    definition !== null && shapes !== null && inferred?.ok
      ? { definition, shapes, outputs: [inferred.shape, ...(inferred.others ?? NONE)] }
      : null;
  // One literal, not spread from parts: this runs for every layer a changed shape reaches.
  return {
    type: node.type,
    rawParams: node.params,
    wires,
    inputFields,
    definition,
    params,
    inputShapes,
    outputShapes: done?.outputs ?? NONE,
    weights: done?.definition.weights(params, done.shapes) ?? NONE,
    macs: done?.definition.cost(params, done.shapes, done.outputs[0] ?? []).macs ?? 0,
    arithmetic: (inferred?.ok ? inferred.arithmetic : null) ?? NONE,
    receptiveField: done && receptiveFieldAfter(done.definition, params, inputFields, done.outputs[0] ?? []),
    unconnected,
    misplaced,
    paramProblems,
    failure: inferred?.ok === false ? inferred.failure : null,
  };
}

const NONE: readonly never[] = [];

function unconnectedPorts(definition: AnyLayerDefinition, wires: readonly Edge[]): readonly Port[] {
  const wired = definition.inputs.map((port) => wires.some((wire) => wire.targetPort === port.name));
  const last = wired.lastIndexOf(true);
  const missing = definition.inputs.filter((port, i) => !wired[i] && (port.optional !== true || i < last));
  return missing.length === 0 ? NONE : missing;
}

/** Number of elements in weights that training changes, and in those it does not (moving statistics). */
export function countWeights(weights: readonly WeightSpec[]): {
  readonly trainable: number;
  readonly nonTrainable: number;
} {
  let trainable = 0;
  let nonTrainable = 0;
  for (const weight of weights) {
    if (weight.trainable) trainable += sizeOf(weight.shape);
    else nonTrainable += sizeOf(weight.shape);
  }
  return { trainable, nonTrainable };
}

function misplacedWires(definition: AnyLayerDefinition, wires: readonly Edge[]): readonly Edge[] {
  return wires.filter((wire, index) => {
    const port = definition.inputs.find((candidate) => candidate.name === wire.targetPort);
    if (port === undefined) return true;
    return port.arity === 'one' && wires.findIndex((other) => other.targetPort === wire.targetPort) < index;
  });
}

function sameArrivals(previous: InferredNode, arrivals: readonly Arrival[]): boolean {
  return (
    previous.wires.length === arrivals.length &&
    arrivals.every((arrival, i) => {
      const shape = previous.inputShapes[i] ?? null;
      return (
        previous.wires[i] === arrival.wire &&
        (shape === arrival.shape || (shape !== null && arrival.shape !== null && sameShape(shape, arrival.shape))) &&
        sameField(previous.inputFields[i] ?? null, arrival.field)
      );
    })
  );
}

function sameField(a: ReceptiveField | null, b: ReceptiveField | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && sameShape(a.size, b.size) && sameShape(a.jump, b.jump);
}

function allKnown(shapes: readonly (Shape | null)[]): shapes is readonly Shape[] {
  return shapes.every((shape) => shape !== null);
}
