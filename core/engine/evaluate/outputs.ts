import * as tf from '@tensorflow/tfjs-core';
import type { FittedHead, Head } from '../../graph/index.ts';

/**
 * What people read from a head: probabilities where the training model puts out logits, else its output as it is. Flat, [batch, outputs].
 */
export function readableOutput({ trainsOn, loss }: Head, trained: tf.Tensor): tf.Tensor2D {
  const flat = (x: tf.Tensor) => tf.reshape(x, [x.shape[0] ?? 0, -1]) as tf.Tensor2D;
  if (trainsOn !== 'logits') return flat(trained);
  return flat(loss.activation === 'softmax' ? tf.softmax(trained) : tf.sigmoid(trained));
}

export interface Reading {
  readonly predicted: string;
  readonly confidence: number | null;
  /** Index of the class, or null for numbers. */
  readonly classIndex: number | null;
}

/** The answer in words: the most likely class and its probability, or the numbers. */
export function readPrediction(
  { kind, target: { classes } }: Pick<FittedHead, 'kind' | 'target'>,
  output: ArrayLike<number>,
): Reading {
  if (!classes) return { predicted: Array.from(output, formatNumber).join(', '), confidence: null, classIndex: null };
  if (kind === 'binary') {
    const p = output[0] ?? 0;
    const classIndex = p > 0.5 ? 1 : 0;
    return { predicted: classes[classIndex] ?? String(classIndex), confidence: Math.max(p, 1 - p), classIndex };
  }
  let classIndex = 0;
  for (let i = 1; i < output.length; i++) if ((output[i] ?? 0) > (output[classIndex] ?? 0)) classIndex = i;
  return { predicted: classes[classIndex] ?? String(classIndex), confidence: output[classIndex] ?? 0, classIndex };
}

/** Seven digits: all that float32 holds. */
export function formatNumber(value: number): string {
  return String(Number(value.toPrecision(7)));
}
