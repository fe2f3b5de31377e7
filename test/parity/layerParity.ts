import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { type AnyLayerDefinition, type KerasCall, kerasConfigValue } from '../../core/catalogue/index.ts';
import { BATCH, buildLayer, forward, gradients, resolve, sampleOf, setWeights } from '../conformance/builtLayer.ts';
import type { LayerCase } from '../conformance/layerCase.ts';

export const keyOf = ({ type, name }: LayerCase) => `${type}: ${name}`;

export interface KerasResult {
  readonly name: string;
  readonly error?: string;
  readonly shape: readonly number[];
  readonly params: number;
  readonly trainable: readonly boolean[];
  readonly weightNames: readonly string[];
  readonly weightShapes: readonly (readonly number[])[];
  /** Of a layer fresh from its initialisers. */
  readonly initial: readonly (readonly number[])[];
  /** The penalty on the weights, and what their constraints make of them. */
  readonly weightPenalty: number;
  readonly projected: readonly (readonly number[])[];
  readonly inference: readonly number[];
  readonly training: readonly number[];
  readonly penalty: number;
  readonly inputGradients: readonly (readonly number[] | null)[];
  readonly weightGradients: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

/** What our engine computes for a case, and the case as the Python script reads it. */
export function compute(layerCase: LayerCase) {
  const { definition, params } = resolve(layerCase);
  const built = buildLayer(layerCase);
  const sample = sampleOf(layerCase, built);
  const call = definition.keras?.(params, layerCase.inputs);
  if (call === undefined) throw new Error(`${layerCase.type} has no Keras form.`);
  const initial = built.weights.map((w) => w.variable.dataSync() as Float32Array);
  setWeights(built, sample);
  const weightPenalty = built.model
    .calculateLosses()
    .reduce((sum, loss) => sum + ((loss as tf.Scalar).dataSync()[0] ?? 0), 0);
  const inference = forward(layerCase, built, sample.inputs, false).output;
  const grads = gradients(layerCase, built, sample, true);
  setWeights(built, sample);
  const { output: training, penalty } = forward(layerCase, built, sample.inputs, true);
  const after = built.weights.map((w) => w.variable.dataSync() as Float32Array);
  setWeights(built, sample);
  // Writing another value to a weight, as an optimiser does, projects it.
  const projected = built.model.weights.map((weight) => {
    weight.write(tf.clone(weight.read()));
    return weight.read().dataSync() as Float32Array;
  });
  return {
    ours: { built, initial, weightPenalty, inference, training, penalty, grads, after, projected },
    request: {
      name: keyOf(layerCase),
      className: call.className,
      operation: call.operation ?? null,
      args: Object.fromEntries(Object.entries(call.args).map(([name, arg]) => [name, kerasConfigValue(arg)])),
      inputShapes: layerCase.inputs,
      call: { inputs: callPlaces(layerCase, call, definition), kwargs: call.call?.kwargs ?? {} },
      integer: layerCase.integersBelow !== undefined,
      inputs: sample.inputs.map((data) => [...data]),
      weights: built.weights.map(({ shape }, i) => ({ shape, data: [...(sample.weights[i] ?? [])] })),
      cotangent: [...sample.cotangent],
      batch: BATCH,
      random: layerCase.random ?? false,
    },
  };
}

export type Computed = ReturnType<typeof compute>;

/** Which inputs are Keras's arguments, in order; null where all of them are one list, or the only one. */
function callPlaces(layerCase: LayerCase, call: KerasCall, definition: AnyLayerDefinition): readonly number[] | null {
  if (definition.inputs[0]?.arity === 'many') return null;
  return call.call?.inputs ?? layerCase.inputs.map((_, index) => index);
}

/** Has Keras compute the same cases, all in one process; by their names. */
export function computeInKeras(requests: readonly Computed['request'][]): Map<string, KerasResult> {
  const python = process.env.LAYERLOOM_PYTHON;
  if (python === undefined) throw new Error('LAYERLOOM_PYTHON must name a Python with test/parity/requirements.txt.');
  const folder = mkdtempSync(join(tmpdir(), 'layerloom-parity-'));
  try {
    const file = join(folder, 'cases.json');
    writeFileSync(file, JSON.stringify(requests));
    const script = new URL('layers.py', import.meta.url).pathname;
    const text = execFileSync(python, [script, file], {
      encoding: 'utf8',
      maxBuffer: 2 ** 29,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Map((JSON.parse(text) as KerasResult[]).map((result) => [result.name, result]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Expects that Keras came to what we came to. */
export function expectAgreement(layerCase: LayerCase, mine: Computed['ours'], keras: KerasResult): void {
  expect(keras.error).toBeUndefined();
  const { built } = mine;
  const specs = built.definition.weights(built.params, layerCase.inputs);
  expect(keras.shape).toEqual(built.outputShape);
  expect(keras.params).toBe(built.model.countParams());
  expect(keras.weightNames).toEqual(specs.map(({ name }) => name));
  expect(keras.weightShapes).toEqual(specs.map(({ shape }) => shape));
  expect(keras.trainable).toEqual(specs.map(({ trainable }) => trainable));
  mine.initial.forEach((values, i) => {
    // Only what is not drawn at random can agree: one value, or two where a forget gate starts apart from the other gates.
    const theirs = keras.initial[i] ?? [];
    if (theirs.length > 3 && new Set(theirs).size <= 2)
      close(`first values of ${specs[i]?.name}`, values, theirs, 1e-6);
  });
  if (layerCase.random === true) return;
  const tolerance = layerCase.tolerance ?? 2e-5;
  close('penalty on the weights', [mine.weightPenalty], [keras.weightPenalty], tolerance);
  mine.projected.forEach((values, i) => {
    close(`${specs[i]?.name} with its constraint`, values, keras.projected[i] ?? [], tolerance);
  });
  close('output', mine.inference, keras.inference, tolerance);
  close('output in training', mine.training, keras.training, tolerance);
  expect(keras.penalty === 0).toBe(mine.penalty === 0 || layerCase.kerasDropsPenalty === true);
  if (keras.penalty !== 0) close('output penalty', [mine.penalty], [keras.penalty], tolerance);
  mine.grads.inputs.forEach((gradient, i) => {
    if (gradient !== null) close(`gradient of input ${i}`, gradient, keras.inputGradients[i] ?? [], tolerance);
  });
  const trainable = specs.filter((spec) => spec.trainable);
  const found = mine.grads.weights.filter((gradient) => gradient !== null);
  expect(found.length).toBe(trainable.length);
  found.forEach((gradient, i) => {
    const { name } = trainable[i] ?? { name: '' };
    const theirs = keras.weightGradients[i] ?? [];
    if (layerCase.zeroGradients?.includes(name)) {
      for (const g of [...gradient, ...theirs]) expect(Math.abs(g), `gradient of ${name}`).toBeLessThan(2e-6);
    } else close(`gradient of ${name}`, gradient, theirs, tolerance);
  });
  // Moving averages of batch norm; all other weights stay as they are.
  mine.after.forEach((weight, i) => {
    close(`${specs[i]?.name} after the step`, weight, keras.after[i] ?? [], tolerance);
  });
}

/** Differences relative to the largest value. */
function close(what: string, a: ArrayLike<number>, b: ArrayLike<number>, tolerance: number): void {
  expect(a.length, `size of ${what}`).toBe(b.length);
  let [difference, scale] = [0, 1e-3];
  for (let i = 0; i < a.length; i++) {
    difference = Math.max(difference, Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)));
    scale = Math.max(scale, Math.abs(b[i] ?? 0));
  }
  expect(difference / scale, what).toBeLessThan(tolerance);
}
