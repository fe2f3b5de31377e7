import * as tf from '@tensorflow/tfjs-core';
import type { LoadedDataset } from '../../data/node.ts';
import { ProblemError } from '../../errors.ts';
import { type Fit, type FittedHead, fitToData } from '../../graph/index.ts';
import type { BuiltModel } from '../model/buildModel.ts';

/**
 * What a model reads of the data and is compared with.
 * @throws ProblemError the first error that the design rules find between the two
 */
export function fitOf({ network }: Pick<BuiltModel, 'network'>, summary: LoadedDataset['description']['summary']): Fit {
  const fit = fitToData(network, summary);
  if (!fit.ok) throw new ProblemError(fit.error);
  return fit.value;
}

/** Stored targets of a batch ([batch, ...]) as the loss wants them ([batch, ...head shape]). */
export function encodeTarget({ kind, shape }: FittedHead, stored: tf.Tensor): tf.Tensor {
  const batch = stored.shape[0] ?? 0;
  if (kind !== 'classes') return tf.reshape(stored, [batch, ...shape]);
  const indices = tf.cast(tf.reshape(stored, [batch]), 'int32');
  // Through int32: the wasm kernel writes integers whatever type it is asked for.
  const oneHot = tf.cast(tf.oneHot(indices, shape.at(-1) ?? 1, 1, 0, 'int32'), 'float32');
  return tf.reshape(oneHot, [batch, ...shape]);
}
