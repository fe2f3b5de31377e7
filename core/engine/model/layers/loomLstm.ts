import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName } from '../../../catalogue/index.ts';
import { activate } from './activate.ts';
import { fusedLstm, hasFusedLstm } from './fusedLstm.ts';
import { register } from './loomLayer.ts';
import { LoomRecurrent, type RecurrentConfig, readRecurrentConfig, type Step } from './recurrent.ts';
import type { LayerConfig, TfInitializer } from './restore.ts';

interface LstmConfig extends RecurrentConfig {
  readonly recurrentActivation: ActivationName;
  /** The forget gate's bias starts at 1, so that the cell remembers from the start (Jozefowicz et al. 2015). */
  readonly unitForgetBias: boolean;
}

/** LSTM (Hochreiter & Schmidhuber 1997). Gates in the kernels' columns in Keras's order: input, forget, cell, output. */
export class LoomLSTM extends LoomRecurrent<LstmConfig> {
  static className = 'LoomLSTM';
  protected readonly gates = 4;
  protected readonly stateCount = 2;

  constructor(config: LayerConfig) {
    super(config, (given) => {
      const { recurrentActivation, unitForgetBias } = given as unknown as LstmConfig;
      return { ...readRecurrentConfig(given), recurrentActivation, unitForgetBias };
    });
  }

  protected override biasInitializer(): TfInitializer {
    const base = this.biasOptions.initializer;
    return this.config.unitForgetBias ? new UnitForgetBias(base, this.config.units) : base;
  }

  protected override sequence(x: tf.Tensor3D): tf.Tensor3D | null {
    const { activation, recurrentActivation, units } = this.config;
    if (activation !== 'tanh' || recurrentActivation !== 'sigmoid' || !hasFusedLstm()) return null;
    const bias = this.bias?.read() ?? tf.zeros([4 * units]);
    return fusedLstm(x, this.value(this.kernel), this.value(this.recurrentKernel), bias);
  }

  protected step(mask: (state: tf.Tensor2D) => tf.Tensor2D): Step {
    const kernel = this.value(this.recurrentKernel) as tf.Tensor2D;
    const { activation, recurrentActivation } = this.config;
    return (projected, [h, c]) => {
      const sums = tf.add(projected, tf.matMul(mask(h as tf.Tensor2D), kernel));
      const [i, f, g, o] = tf.split(sums, 4, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
      const kept = tf.mul(activate(recurrentActivation, f), c as tf.Tensor2D);
      const cell = tf.add(kept, tf.mul(activate(recurrentActivation, i), activate(activation, g))) as tf.Tensor2D;
      return [tf.mul(activate(recurrentActivation, o), activate(activation, cell)), cell];
    };
  }
}
register(LoomLSTM);

/** The bias initialiser for the other gates, ones for the forget gate. Made anew at build, so never read from a file. */
class UnitForgetBias extends tf.serialization.Serializable {
  static className = 'LoomUnitForgetBias';
  private readonly base: TfInitializer;
  private readonly units: number;
  constructor(base: TfInitializer, units: number) {
    super();
    this.base = base;
    this.units = units;
  }

  fromConfigUsesCustomObjects(): boolean {
    return false;
  }

  apply(_shape: unknown, dtype?: 'float32'): tf.Tensor {
    return tf.tidy(() => {
      const [input, rest] = [this.base.apply([this.units], dtype), this.base.apply([2 * this.units], dtype)];
      return tf.concat([input as tf.Tensor1D, tf.ones([this.units]) as tf.Tensor1D, rest as tf.Tensor1D]);
    });
  }

  getConfig(): tf.serialization.ConfigDict {
    return {};
  }
}
