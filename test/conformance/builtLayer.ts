import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import {
  type AnyLayerDefinition,
  type AnyParams,
  checkParams,
  findLayer,
  type TfContext,
} from '../../core/catalogue/index.ts';
import { createContext } from '../../core/engine/model/context.ts';
import { collectPenalties, randomness } from '../../core/engine/model/layers/index.ts';
import { type Shape, sizeOf } from '../../core/tensor/index.ts';
import type { LayerCase } from './layerCase.ts';
import { randomValues } from './randomValues.ts';

export const BATCH = 3;

/** Inputs, weights and the weighting of the outputs of one case: what every comparison runs on. */
export interface Sample {
  readonly inputs: readonly Float32Array[];
  readonly weights: readonly Float32Array[];
  /** Gradients are those of Σ output · this. */
  readonly cotangent: Float32Array;
}

export interface BuiltLayer {
  readonly definition: AnyLayerDefinition;
  readonly params: AnyParams;
  readonly outputShape: Shape;
  readonly model: tfl.LayersModel;
  /** The layers of the chain's weights, in order. */
  readonly weights: readonly {
    readonly name: string;
    readonly shape: Shape;
    readonly trainable: boolean;
    readonly variable: tf.Variable;
  }[];
}

/** The definition of a case's type and its complete parameters. */
export function resolve(layerCase: LayerCase): { definition: AnyLayerDefinition; params: AnyParams } {
  const definition = findLayer(layerCase.type);
  if (definition === undefined) throw new Error(`No layer type ${layerCase.type}.`);
  const { params, problems } = checkParams(definition, layerCase.params);
  if (problems.length > 0) throw new Error(problems.map((p) => p.message).join(' '));
  return { definition, params };
}

/** Builds a case's layer as the engine does, in a model of its own. */
export function buildLayer(layerCase: LayerCase, mode: TfContext['mode'] = 'train'): BuiltLayer {
  const { definition, params } = resolve(layerCase);
  const inferred = definition.infer(params, layerCase.inputs);
  if (!inferred.ok) throw new Error(inferred.failure.message);
  const context = createContext({ seed: 1, name: 'subject', inputs: layerCase.inputs, mode });
  const made = definition.tf?.(params, context) ?? [];
  const chain = Array.isArray(made) ? (made as tfl.layers.Layer[]) : [made as tfl.layers.Layer];
  const inputs = layerCase.inputs.map((shape) => tfl.input({ shape: [...shape] }));
  let output: tfl.SymbolicTensor | tfl.SymbolicTensor[] =
    inputs.length === 1 ? (inputs[0] as tfl.SymbolicTensor) : inputs;
  for (const layer of chain) output = layer.apply(output) as tfl.SymbolicTensor | tfl.SymbolicTensor[];
  const shapes = [inferred.shape, ...(inferred.others ?? [])];
  const outputs = chain.length > 0 && Array.isArray(output) ? sideBySide(output, shapes) : output;
  const model = tfl.model({ inputs, outputs });
  const variables = chain.flatMap((layer) => layer.weights);
  return {
    definition,
    params,
    outputShape:
      inferred.others === undefined ? inferred.shape : [shapes.reduce((sum, shape) => sum + sizeOf(shape), 0)],
    model,
    weights: variables.map((variable) => ({
      name: variable.originalName.slice(variable.originalName.indexOf('/') + 1),
      shape: variable.shape as number[],
      trainable: variable.trainable,
      variable: variable.read() as tf.Variable,
    })),
  };
}

/** Several outputs as one vector a sample, so that values and gradients of all of them are compared. */
function sideBySide(outputs: readonly tfl.SymbolicTensor[], shapes: readonly Shape[]): tfl.SymbolicTensor {
  expect(outputs.map(({ shape }) => shape.slice(1))).toEqual(shapes);
  const flat = outputs.map((output) =>
    output.rank > 2 ? (tfl.layers.flatten().apply(output) as tfl.SymbolicTensor) : output,
  );
  return tfl.layers.concatenate().apply(flat) as tfl.SymbolicTensor;
}

/** Fixed pseudo-random numbers for a case; variances are positive. */
export function sampleOf(layerCase: LayerCase, built: BuiltLayer): Sample {
  const { integersBelow, coarse } = layerCase;
  return {
    inputs: layerCase.inputs.map((shape, i) => {
      const values = randomValues(`${layerCase.type} ${layerCase.name} input ${i}`, BATCH * sizeOf(shape));
      if (coarse) return values.map((v) => Math.round(4 * v) / 2);
      return integersBelow === undefined ? values : values.map((v) => Math.floor(((v + 1) / 2) * integersBelow));
    }),
    weights: built.weights.map(({ name, shape }) => {
      const values = randomValues(`${layerCase.type} ${layerCase.name} ${name}`, sizeOf(shape));
      return name === 'moving_variance' ? values.map((v) => v + 1.5) : values;
    }),
    cotangent: randomValues(`${layerCase.type} ${layerCase.name} output`, BATCH * sizeOf(built.outputShape)),
  };
}

export function setWeights(built: BuiltLayer, sample: Sample): void {
  built.weights.forEach(({ variable, shape }, i) => {
    variable.assign(tf.tensor(sample.weights[i] ?? [], [...shape]));
  });
}

const inputTensors = (layerCase: LayerCase, values: readonly Float32Array[]) =>
  values.map((data, i) => tf.tensor(data, [BATCH, ...(layerCase.inputs[i] ?? [])]));

function seedRandomness(): void {
  randomness.seed = 5;
  randomness.step = 3;
}

/** The output for these inputs, with the sum of the output penalties. */
export function forward(layerCase: LayerCase, built: BuiltLayer, inputs: readonly Float32Array[], training: boolean) {
  seedRandomness();
  return tf.tidy(() => {
    const { result, penalty } = collectPenalties(
      () => built.model.apply(inputTensors(layerCase, inputs), { training }) as tf.Tensor,
    );
    return { output: result.dataSync() as Float32Array, penalty: penalty?.dataSync()[0] ?? 0 };
  });
}

/** The output for these inputs, for backends that cannot be read at once. */
export function forwardTensor(layerCase: LayerCase, built: BuiltLayer, inputs: readonly Float32Array[]): tf.Tensor {
  seedRandomness();
  return built.model.apply(inputTensors(layerCase, inputs), { training: false }) as tf.Tensor;
}

/** Gradients of Σ output · cotangent with respect to inputs (null for indices) and trainable weights (null for the others). */
export function gradientTensors(layerCase: LayerCase, built: BuiltLayer, sample: Sample, training: boolean) {
  seedRandomness();
  const inputs = inputTensors(layerCase, sample.inputs).map((t) => tf.variable(t));
  const cotangent = tf.tensor(sample.cotangent, [BATCH, ...built.outputShape]);
  const trainable = built.weights.filter((w) => w.trainable).map((w) => w.variable);
  const list = [...(layerCase.integersBelow === undefined ? inputs : []), ...trainable];
  if (list.length === 0) return { inputs: inputs.map(() => null), weights: built.weights.map(() => null) };
  const { grads } = tf.variableGrads(
    () => tf.sum(tf.mul(built.model.apply([...inputs], { training }) as tf.Tensor, cotangent)) as tf.Scalar,
    list,
  );
  const of = (v: tf.Variable): tf.Tensor | null => grads[v.name] ?? null;
  return { inputs: inputs.map(of), weights: built.weights.map((w) => of(w.variable)) };
}

/** The values of `gradientTensors`. */
export function gradients(layerCase: LayerCase, built: BuiltLayer, sample: Sample, training: boolean) {
  const { inputs, weights } = gradientTensors(layerCase, built, sample, training);
  const read = (t: tf.Tensor | null) => (t?.dataSync() as Float32Array | undefined) ?? null;
  return { inputs: inputs.map(read), weights: weights.map(read) };
}
