import * as tf from '@tensorflow/tfjs-core';
import type { Head } from '../../../graph/index.ts';
import type { LossOps } from '../../../training/index.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

const ops: LossOps = { ...tf, softmaxCrossEntropy };

/**
 * Loss of each sample, as Keras computes it before averaging.
 *
 * @param output [batch, ...shape]
 * @param target class shares (one-hot) or values, of the same shape
 * @returns [batch]
 */
export function sampleLosses(
  { loss, lossParams, trainsOn }: Pick<Head, 'loss' | 'lossParams' | 'trainsOn'>,
  output: tf.Tensor,
  target: tf.Tensor,
): tf.Tensor1D {
  const elements = loss.elements(ops, lossParams, { output, target, outputs: trainsOn });
  return elements.rank === 1 ? (elements as tf.Tensor1D) : meanPerSample(elements);
}

/** Mean loss of each head over a batch, without its weight. Outputs and targets in the order of the heads. */
export function headLosses(
  heads: readonly Head[],
  outputs: readonly tf.Tensor[],
  targets: readonly tf.Tensor[],
): readonly tf.Scalar[] {
  return heads.map((head, i) => {
    const [output, target] = [outputs[i], targets[i]];
    if (!output || !target) throw new Error(`Head ${head.node.name} has no output or no target`);
    return tf.mean(sampleLosses(head, output, target)) as tf.Scalar;
  });
}

function meanPerSample(elements: tf.Tensor): tf.Tensor1D {
  const batch = elements.shape[0] ?? 0;
  return tf.mean(tf.reshape(elements, [batch, -1]), 1) as tf.Tensor1D;
}
