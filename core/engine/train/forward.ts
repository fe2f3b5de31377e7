import * as tf from '@tensorflow/tfjs-core';
import type { BuiltModel } from '../model/buildModel.ts';
import { collectPenalties } from '../model/layers/index.ts';
import type { Batch } from './deviceData.ts';
import { sampleLosses } from './losses.ts';

/** What the training model puts out: one tensor a head, and behind them what only its penalties are computed from. */
export function trainingOutputs(model: BuiltModel, inputs: readonly tf.Tensor[], training: boolean): tf.Tensor[] {
  const output = model.trainModel.apply([...inputs], { training });
  return (Array.isArray(output) ? output : [output]) as tf.Tensor[];
}

export interface Losses {
  /** Weighted sum of the heads' losses and all penalties: what training brings down. */
  readonly total: tf.Scalar;
  /** Mean loss of each head, without weight or penalties. */
  readonly heads: readonly tf.Scalar[];
  readonly outputs: readonly tf.Tensor[];
}

/** Forward pass and losses of a batch. Differentiable when called inside a gradient function. */
export function batchLosses(model: BuiltModel, batch: Batch, training: boolean): Losses {
  const { result: outputs, penalty } = collectPenalties(() => trainingOutputs(model, batch.inputs, training));
  const heads = model.heads.map((head, i) => {
    const [output, target] = [outputs[i], batch.targets[i]];
    if (!output || !target) throw new Error(`Head ${head.name} has no output or no target`);
    return tf.mean(sampleLosses(head, output, target)) as tf.Scalar;
  });
  const weighted = heads.map((loss, i) => {
    const weight = model.heads[i]?.lossWeight ?? 1;
    return weight === 1 ? loss : (tf.mul(loss, weight) as tf.Scalar);
  });
  const terms = [...weighted, ...(model.trainModel.calculateLosses() as tf.Scalar[]), ...(penalty ? [penalty] : [])];
  return { total: terms.reduce((sum, term) => tf.add(sum, term)), heads, outputs };
}
