import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../../catalogue/index.ts';
import { activate } from './activate.ts';
import { register } from './loomLayer.ts';
import { LoomRecurrent, type RecurrentConfig, readRecurrentConfig, type Step } from './recurrent.ts';
import type { LayerConfig } from './restore.ts';

interface GruConfig extends RecurrentConfig {
  readonly recurrentActivation: ActivationName;
  /** Reset gate after the matrix product (as cuDNN does) and a bias [2, 3 · units], or before it and a bias [3 · units]. */
  readonly resetAfter: boolean;
}

/** GRU (Cho et al. 2014). Gates in the kernels' columns in Keras's order: update, reset, candidate. */
export class LoomGRU extends LoomRecurrent<GruConfig> {
  static className = 'LoomGRU';
  protected readonly gates = 3;
  protected readonly stateCount = 1;

  constructor(config: LayerConfig) {
    super(config, (given) => {
      const { recurrentActivation, resetAfter } = given as unknown as GruConfig;
      return { ...readRecurrentConfig(given), recurrentActivation, resetAfter };
    });
  }

  protected override biasShape(): readonly number[] {
    const width = 3 * this.config.units;
    return this.config.resetAfter ? [2, width] : [width];
  }

  protected override inputBias(): tf.Tensor | undefined {
    return this.biasRow(0);
  }

  private biasRow(row: number): tf.Tensor | undefined {
    const bias = this.bias?.read();
    if (bias === undefined || !this.config.resetAfter) return row === 0 ? bias : undefined;
    return tf.reshape(tf.slice(bias, [row, 0], [1, 3 * this.config.units]), [3 * this.config.units]);
  }

  protected step(mask: (state: tf.Tensor2D) => tf.Tensor2D): Step {
    const kernel = this.value(this.recurrentKernel) as tf.Tensor2D;
    const recurrentBias = this.biasRow(1);
    const { units, activation, recurrentActivation, resetAfter } = this.config;
    const [gateKernel, candidateKernel] = resetAfter
      ? [kernel, undefined]
      : (tf.split(kernel, [2 * units, units], 1) as [tf.Tensor2D, tf.Tensor2D]);
    return (projected, [state]) => {
      const h = state as tf.Tensor2D;
      const masked = mask(h);
      const [xz, xr, xh] = tf.split(projected, 3, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const product = tf.matMul(masked, gateKernel as tf.Tensor2D);
      const inner = recurrentBias === undefined ? product : tf.add(product, recurrentBias);
      const [hz, hr, hh] = tf.split(inner, resetAfter ? 3 : 2, 1) as [
        tf.Tensor2D,
        tf.Tensor2D,
        tf.Tensor2D | undefined,
      ];
      const z = activate(recurrentActivation, tf.add(xz, hz));
      const r = activate(recurrentActivation, tf.add(xr, hr));
      const past =
        candidateKernel === undefined ? tf.mul(r, hh as tf.Tensor2D) : tf.matMul(tf.mul(r, masked), candidateKernel);
      const candidate = activate(activation, tf.add(xh, past));
      return [tf.add(tf.mul(z, h), tf.mul(tf.sub(1, z), candidate))];
    };
  }
}
register(LoomGRU);
