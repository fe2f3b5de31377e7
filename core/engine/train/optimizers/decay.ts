import * as tf from '@tensorflow/tfjs-core';
import type { Trainable } from './optimizer.ts';

/** The weight after decoupled decay: w − amount · w, where `amount` is learning rate times weight decay (Loshchilov & Hutter 2019). */
export function decayed({ variable, decays }: Trainable, amount: number): tf.Tensor {
  const weight = variable.read();
  return decays && amount > 0 ? tf.mul(weight, 1 - amount) : weight;
}
