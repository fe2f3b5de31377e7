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
  readonly outputShape: Shape | null;
  readonly weights: readonly WeightSpec[];
  readonly macs: number;
  readonly arithmetic: readonly string[];
  readonly receptiveField: ReceptiveField | null;
  /** Inputs without a wire. */
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
  const base = {
    type: node.type,
    rawParams: node.params,
    wires,
    inputFields: arrivals.map((arrival) => arrival.field),
    definition,
    params: checked.params,
    inputShapes,
    unconnected:
      definition === null ? [] : definition.inputs.filter((port) => !wires.some((w) => w.targetPort === port.name)),
    misplaced: definition === null ? [] : misplacedWires(definition, wires),
    paramProblems: checked.problems,
  };
  const unknown = {
    outputShape: null,
    weights: [],
    macs: 0,
    arithmetic: [],
    receptiveField: null,
    failure: null,
  };
  const invalid = checked.problems.some((problem) => problem.severity === 'error');
  if (definition === null || invalid || base.unconnected.length > 0 || base.misplaced.length > 0)
    return { ...base, ...unknown };
  if (!allKnown(inputShapes)) return { ...base, ...unknown };
  const inferred = definition.infer(checked.params, inputShapes);
  if (!inferred.ok) return { ...base, ...unknown, failure: inferred.failure };
  return {
    ...base,
    outputShape: inferred.shape,
    weights: definition.weights(checked.params, inputShapes),
    macs: definition.cost(checked.params, inputShapes, inferred.shape).macs,
    arithmetic: inferred.arithmetic ?? [],
    receptiveField: receptiveFieldAfter(definition, checked.params, base.inputFields, inferred.shape),
    failure: null,
  };
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
