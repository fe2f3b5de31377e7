import * as tf from '@tensorflow/tfjs-core';
import { type LossName, type LossOps, lossOf, type Outputs } from '../../../training/index.ts';
import type { ModelHead } from '../../model/buildModel.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

export interface LossSettings {
  readonly loss: LossName;
  /** Values of the loss's own parameters, as the Output has them. */
  readonly lossParams: { readonly [name: string]: unknown };
  /** What `output` holds; see `ModelHead.trainsOn`. */
  readonly trainsOn: Outputs;
}

const ops: LossOps = { ...tf, softmaxCrossEntropy };

/**
 * Loss of each sample, as Keras computes it before averaging.
 *
 * @param output [batch, ...shape]
 * @param target class shares (one-hot) or values, of the same shape
 * @returns [batch]
 */
export function sampleLosses(settings: LossSettings, output: tf.Tensor, target: tf.Tensor): tf.Tensor1D {
  const { loss, lossParams, trainsOn } = settings;
  const elements = lossOf(loss).elements(ops, lossParams, { output, target, outputs: trainsOn });
  return elements.rank === 1 ? (elements as tf.Tensor1D) : meanPerSample(elements);
}

/** Mean loss of each head over a batch, without its weight. Outputs and targets in the order of the heads. */
export function headLosses(
  heads: readonly ModelHead[],
  outputs: readonly tf.Tensor[],
  targets: readonly tf.Tensor[],
): readonly tf.Scalar[] {
  return heads.map((head, i) => {
    const [output, target] = [outputs[i], targets[i]];
    if (!output || !target) throw new Error(`Head ${head.name} has no output or no target`);
    return tf.mean(sampleLosses(head, output, target)) as tf.Scalar;
  });
}

function meanPerSample(elements: tf.Tensor): tf.Tensor1D {
  const batch = elements.shape[0] ?? 0;
  return tf.mean(tf.reshape(elements, [batch, -1]), 1) as tf.Tensor1D;
}
