import * as tf from '@tensorflow/tfjs-core';
import { loadTensorflow } from '../backends/tensorflow/load.ts';

/**
 * Loads the engine in `dir` and fits y = 2x − 1 by gradient descent: forward, backward and update in one go.
 * @throws Error when it cannot be loaded or does not learn.
 */
export async function checkTensorflow(dir: string): Promise<void> {
  await loadTensorflow(dir);
  const x = tf.tensor2d([-1, 0, 1, 2], [4, 1]);
  const y = tf.tensor2d([-3, -1, 1, 3], [4, 1]);
  const w = tf.variable(tf.zeros([1, 1]));
  const b = tf.variable(tf.zeros([1]));
  const loss = () => tf.mean(tf.squaredDifference(tf.add(tf.matMul(x, w), b), y)) as tf.Scalar;
  const optimizer = tf.train.sgd(0.1);
  for (let step = 0; step < 200; step++) optimizer.minimize(loss, false, [w, b]);
  const [slope = 0] = await w.data();
  const [offset = 0] = await b.data();
  if (Math.abs(slope - 2) > 1e-2 || Math.abs(offset + 1) > 1e-2)
    throw new Error(`a line fitted with it came out as ${slope}x + ${offset} instead of 2x − 1`);
}
