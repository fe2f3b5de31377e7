import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { TfLayer, WeightSpec } from '../../catalogue/index.ts';
import { ProblemError } from '../../errors.ts';
import type { Weight, WeightMap } from '../../formats/index.ts';
import type { NetworkLayer } from '../../graph/index.ts';
import { formatShape, sameShape } from '../../tensor/index.ts';

/** One weight of a built model. */
export interface ModelWeight {
  /** `${layer.name}/${weight.name}` */
  readonly key: string;
  readonly spec: WeightSpec;
  readonly variable: tfl.LayerVariable;
}

/** Pairs a layer's weight specs with the variables of what was built for it. A mismatch is a bug in the layer file. */
export function mapWeights({ name, type, weights: specs }: NetworkLayer, chain: readonly TfLayer[]): ModelWeight[] {
  const variables = chain.flatMap((layer) => layer.weights);
  if (variables.length !== specs.length)
    throw new Error(`${type} declares ${specs.length} weights but builds ${variables.length} (layer ${name})`);
  return specs.map((spec, index) => {
    const variable = variables[index];
    const shape = (variable?.shape ?? []).map((n) => n ?? -1);
    if (!variable || !sameShape(shape, spec.shape))
      throw new Error(
        `${type} declares ${spec.name} as ${formatShape(spec.shape)} but builds ${formatShape(shape)} (layer ${name})`,
      );
    return { key: `${name}/${spec.name}`, spec, variable };
  });
}

/** The TensorFlow.js variable inside a layer variable: what gradients are taken for and optimisers write to. */
export function tfVariable(variable: tfl.LayerVariable): tf.Variable {
  return variable.read() as tf.Variable;
}

/** Reads all weights back from the device. */
export async function weightsOf(model: { readonly weights: readonly ModelWeight[] }): Promise<WeightMap> {
  const entries = await Promise.all(
    model.weights.map(async ({ key, spec, variable }) => {
      const data = (await variable.read().data()) as Float32Array;
      return [key, { shape: spec.shape, data: Float32Array.from(data) }] as const;
    }),
  );
  return new Map(entries);
}

/**
 * Puts stored weights into a model. Nothing is changed unless all of them fit.
 * @throws ProblemError `weights-mismatch` naming the first weight that is missing or has another shape.
 */
export function setWeights(model: { readonly weights: readonly ModelWeight[] }, weights: WeightMap): void {
  const all = model.weights.map((weight) => ({ ...weight, stored: storedWeight(weights, weight.key, weight.spec) }));
  tf.tidy(() => {
    for (const { spec, variable, stored } of all)
      tfVariable(variable).assign(tf.tensor(stored.data, [...spec.shape], 'float32'));
  });
}

/** One of the stored weights. @throws ProblemError `weights-mismatch` when it is missing or has another shape than the design's */
export function storedWeight(weights: WeightMap, key: string, { shape }: Pick<WeightSpec, 'shape'>): Weight {
  const stored = weights.get(key);
  if (!stored) throw mismatch(key, 'is not in the stored weights');
  if (!sameShape(stored.shape, shape))
    throw mismatch(
      key,
      `is ${formatShape(stored.shape)} in the stored weights but ${formatShape(shape)} in the design`,
    );
  return stored;
}

function mismatch(key: string, what: string): ProblemError {
  return new ProblemError({
    code: 'weights-mismatch',
    title: 'Weights do not fit',
    message: `The weight ${key} ${what}. The weights belong to another version of the design; train it again.`,
    facts: { weight: key },
  });
}
