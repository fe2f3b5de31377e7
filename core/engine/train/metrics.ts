import * as tf from '@tensorflow/tfjs-core';
import type { ModelHead } from '../build/buildModel.ts';
import type { TargetEncoding } from './headTargets.ts';

/** What is measured beside the loss: the share of right answers for classes, the mean distance for numbers. */
export function metricOf(encoding: TargetEncoding): 'accuracy' | 'mae' {
  return encoding.classes ? 'accuracy' : 'mae';
}

/**
 * The metric of each sample, [batch]: 1 or 0 for a right or wrong class, the mean absolute error for numbers.
 * @param output what the training model puts out for this head
 * @param target as the loss gets it
 */
export function sampleMetrics(
  head: ModelHead,
  encoding: TargetEncoding,
  output: tf.Tensor,
  target: tf.Tensor,
): tf.Tensor {
  const batch = output.shape[0] ?? 0;
  if (!encoding.classes) {
    const distance = tf.reshape(tf.abs(tf.sub(output, target)), [batch, -1]);
    // In the target's own units, whatever it is trained on.
    return tf.mean(encoding.scale ? tf.mul(distance, asFactor(encoding.scale.deviation)) : distance, 1);
  }
  if (encoding.kind === 'classes') return tf.cast(tf.equal(tf.argMax(output, -1), tf.argMax(target, -1)), 'float32');
  const threshold = head.trainsOn === 'logits' ? 0 : 0.5;
  const said = tf.cast(tf.greater(tf.reshape(output, [batch]), threshold), 'float32');
  return tf.cast(tf.equal(said, tf.reshape(target, [batch])), 'float32');
}

/** One number where there is one column. */
function asFactor(values: readonly number[]): number | tf.Tensor1D {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : tf.tensor1d([...values]);
}

/** Names of the measured values, in the order in which they are computed: the total loss, then each head's loss and metric. */
export function metricNames(heads: readonly ModelHead[], encodings: readonly TargetEncoding[]): string[] {
  const metrics = encodings.map(metricOf);
  if (heads.length === 1) return ['loss', ...metrics];
  return [
    'loss',
    ...heads.flatMap((head, i) => [
      `${head.name}Loss`,
      `${head.name}${metrics[i] === 'accuracy' ? 'Accuracy' : 'Mae'}`,
    ]),
  ];
}

/** `accuracy` -> `valAccuracy` */
export function validationName(name: string): string {
  return `val${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
