import * as tf from '@tensorflow/tfjs-core';
import type { LossName } from '../../catalogue/index.ts';
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts';

/** Keras's clip of probabilities before a logarithm. */
const EPSILON = 1e-7;

export interface LossSettings {
  readonly loss: LossName;
  /** What `output` holds; see `ModelHead.trainsOn`. */
  readonly trainsOn: 'logits' | 'probabilities' | 'values';
  readonly labelSmoothing: number;
}

/**
 * Loss of each sample, as Keras computes it before averaging.
 *
 * Cross-entropies from logits (Bridle 1990) are computed without ever forming a probability, so they neither overflow nor saturate.
 * From probabilities they follow Keras: values are clipped to [1e-7, 1 - 1e-7], and for classes first divided by their sum.
 *
 * @param output [batch, ...shape]
 * @param target class shares (one-hot) or values, of the same shape
 * @returns [batch]
 */
export function sampleLosses(settings: LossSettings, output: tf.Tensor, target: tf.Tensor): tf.Tensor1D {
  const elements = elementLosses(settings, output, target);
  return elements.rank === 1 ? (elements as tf.Tensor1D) : meanPerSample(elements);
}

function meanPerSample(elements: tf.Tensor): tf.Tensor1D {
  const batch = elements.shape[0] ?? 0;
  return tf.mean(tf.reshape(elements, [batch, -1]), 1) as tf.Tensor1D;
}

/** Class losses have lost their last axis; the others still have the output's shape. */
function elementLosses(
  { loss, trainsOn, labelSmoothing }: LossSettings,
  output: tf.Tensor,
  target: tf.Tensor,
): tf.Tensor {
  switch (loss) {
    case 'categoricalCrossentropy': {
      const classes = output.shape.at(-1) ?? 1;
      const smooth = labelSmoothing === 0 ? target : smoothed(target, labelSmoothing, 1 / classes);
      if (trainsOn === 'logits') return softmaxCrossEntropy(output, smooth);
      return tf.neg(tf.sum(tf.mul(smooth, tf.log(normalised(output))), -1));
    }
    case 'binaryCrossentropy': {
      const smooth = labelSmoothing === 0 ? target : smoothed(target, labelSmoothing, 0.5);
      const rest = tf.sub(1, smooth);
      if (trainsOn === 'logits')
        // -log σ(z) = softplus(-z): no difference of large numbers on either side.
        return tf.add(tf.mul(smooth, tf.softplus(tf.neg(output))), tf.mul(rest, tf.softplus(output)));
      const p = tf.clipByValue(output, EPSILON, 1 - EPSILON);
      return tf.neg(tf.add(tf.mul(smooth, tf.log(p)), tf.mul(rest, tf.log(tf.sub(1, p)))));
    }
    case 'meanSquaredError':
      return tf.square(tf.sub(output, target));
    case 'meanAbsoluteError':
      return tf.abs(tf.sub(output, target));
    case 'huber': {
      // Huber (1964) with delta 1: ½e² up to 1, |e| - ½ beyond.
      const error = tf.abs(tf.sub(output, target));
      const quadratic = tf.minimum(error, 1);
      return tf.add(tf.mul(0.5, tf.square(quadratic)), tf.sub(error, quadratic));
    }
  }
}

function smoothed(target: tf.Tensor, amount: number, towards: number): tf.Tensor {
  return tf.add(tf.mul(target, 1 - amount), amount * towards);
}

function normalised(output: tf.Tensor): tf.Tensor {
  return tf.clipByValue(tf.div(output, tf.sum(output, -1, true)), EPSILON, 1 - EPSILON);
}
