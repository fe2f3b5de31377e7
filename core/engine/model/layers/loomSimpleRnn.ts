import * as tf from '@tensorflow/tfjs-core';
import { activate } from './activate.ts';
import { register } from './loomLayer.ts';
import { LoomRecurrent, type RecurrentConfig, readRecurrentConfig, type Step } from './recurrent.ts';
import type { LayerConfig } from './restore.ts';

/** h' = activation(x·W + b + h·U). */
export class LoomSimpleRNN extends LoomRecurrent<RecurrentConfig> {
  static className = 'LoomSimpleRNN';
  protected readonly gates = 1;
  protected readonly stateCount = 1;

  constructor(config: LayerConfig) {
    super(config, readRecurrentConfig);
  }

  protected step(mask: (state: tf.Tensor2D) => tf.Tensor2D): Step {
    const kernel = this.value(this.recurrentKernel) as tf.Tensor2D;
    return (projected, [h]) => {
      const sum = tf.add(projected, tf.matMul(mask(h as tf.Tensor2D), kernel));
      return [activate(this.config.activation, sum) as tf.Tensor2D];
    };
  }
}
register(LoomSimpleRNN);
