import * as tf from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { ActivationName } from '../../../catalogue/index.ts';
import { dropoutMask } from './dropoutMask.ts';
import { type BatchShape, type CallArguments, LoomLayer } from './loomLayer.ts';
import type { LayerConfig, TfInitializer } from './restore.ts';
import { describeWeightOptions, readWeightOptions, type WeightOptions } from './weightOptions.ts';

export interface RecurrentConfig {
  readonly units: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly seed: number | null;
  readonly returnSequences: boolean;
  readonly goBackwards: boolean;
}

/** What one time step does: state in, state out; `states[0]` is the output. `projected` is [b, gates · units], x·W + b. */
export type Step = (projected: tf.Tensor2D, states: readonly tf.Tensor2D[]) => readonly tf.Tensor2D[];

/**
 * A recurrent layer. The inputs of all time steps are projected in one matrix product; only what depends on the state is done step
 * by step. Dropout masks are the same at every time step (Gal & Ghahramani 2016), as in Keras.
 */
export abstract class LoomRecurrent<C extends RecurrentConfig> extends LoomLayer {
  readonly config: C;
  protected readonly biasOptions: WeightOptions;
  private readonly kernelOptions: WeightOptions;
  private readonly recurrentOptions: WeightOptions;
  protected kernel: LayerVariable | undefined;
  protected recurrentKernel: LayerVariable | undefined;
  protected bias: LayerVariable | undefined;

  /** Gates, each `units` wide in the kernels. */
  protected abstract readonly gates: number;
  /** State tensors carried from step to step. */
  protected abstract readonly stateCount: number;

  constructor(config: LayerConfig, own: (config: LayerConfig) => C) {
    super(config);
    this.config = own(config);
    this.kernelOptions = readWeightOptions(config, 'kernel', () => initializers.glorotUniform({}));
    this.recurrentOptions = readWeightOptions(config, 'recurrent', () => initializers.orthogonal({ gain: 1 }));
    this.biasOptions = readWeightOptions(config, 'bias', () => initializers.zeros());
  }

  protected biasShape(): readonly number[] {
    return [this.gates * this.config.units];
  }

  protected biasInitializer(): TfInitializer {
    return this.biasOptions.initializer;
  }

  /** The bias added to the projection. */
  protected inputBias(): tf.Tensor | undefined {
    return this.bias?.read();
  }

  /** Prepares a step function; `mask` drops units of the state where it enters a matrix product. */
  protected abstract step(mask: (state: tf.Tensor2D) => tf.Tensor2D): Step;

  override build(inputShape: BatchShape | BatchShape[]): void {
    const width = this.gates * this.config.units;
    const features = this.oneShape(inputShape).at(-1) ?? 0;
    this.kernel = this.weight('kernel', [features, width], this.kernelOptions);
    this.recurrentKernel = this.weight('recurrent_kernel', [this.config.units, width], this.recurrentOptions);
    if (this.config.useBias) {
      this.bias = this.weight('bias', this.biasShape(), { ...this.biasOptions, initializer: this.biasInitializer() });
    }
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArguments): tf.Tensor {
    return tf.tidy(() => {
      const { units, recurrentDropout, returnSequences } = this.config;
      const x = this.oneTensor(inputs) as tf.Tensor3D;
      const [batch, time] = x.shape;
      const training = kwargs.training === true;
      const ordered = this.timeMajor(x, training);
      const whole = training && recurrentDropout > 0 ? null : this.sequence(ordered);
      if (whole) return returnSequences ? tf.transpose(whole, [1, 0, 2]) : lastOf(whole);
      const step = this.step(this.recurrentMask(batch, training));
      const projected = this.project(ordered);
      let states: readonly tf.Tensor2D[] = Array.from({ length: this.stateCount }, () => tf.zeros([batch, units]));
      const outputs: tf.Tensor2D[] = [];
      for (let t = 0; t < time; t++) {
        states = step(projected[t] as tf.Tensor2D, states);
        if (returnSequences) outputs.push(states[0] as tf.Tensor2D);
      }
      return returnSequences ? tf.stack(outputs, 1) : (states[0] as tf.Tensor2D);
    });
  }

  /** All time steps in one kernel, [t, b, features] -> [t, b, units], where the backend has one for this layer; null where not. */
  protected sequence(_x: tf.Tensor3D): tf.Tensor3D | null {
    return null;
  }

  /** The input in the order in which it is read, [t, b, features], dropout applied. */
  private timeMajor(x: tf.Tensor3D, training: boolean): tf.Tensor3D {
    const [batch, , features] = x.shape;
    const { dropout, goBackwards, seed } = this.config;
    const dropped =
      training && dropout > 0 ? tf.mul(x, dropoutMask(`${this.name}/input`, [batch, 1, features], dropout, seed)) : x;
    const ordered = tf.transpose(dropped, [1, 0, 2]) as tf.Tensor3D;
    return goBackwards ? tf.reverse(ordered, 0) : ordered;
  }

  /** x·W + b for every time step: `time` tensors [b, gates · units]. */
  private project(x: tf.Tensor3D): tf.Tensor[] {
    const [time, batch, features] = x.shape;
    const rows = tf.reshape(x, [time * batch, features]) as tf.Tensor2D;
    const sums = tf.matMul(rows, this.value(this.kernel) as tf.Tensor2D);
    const bias = this.inputBias();
    const projected = bias === undefined ? sums : tf.add(sums, bias);
    return tf.unstack(tf.reshape(projected, [time, batch, this.gates * this.config.units]));
  }

  private recurrentMask(batch: number, training: boolean): (state: tf.Tensor2D) => tf.Tensor2D {
    const { recurrentDropout, units, seed } = this.config;
    if (!training || recurrentDropout === 0) return (state) => state;
    const mask = dropoutMask(`${this.name}/state`, [batch, units], recurrentDropout, seed);
    return (state) => tf.mul(state, mask);
  }

  override computeOutputShape(inputShape: BatchShape | BatchShape[]): BatchShape {
    const [batch = null, time = null] = this.oneShape(inputShape);
    return this.config.returnSequences ? [batch, time, this.config.units] : [batch, this.config.units];
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      ...(this.config as unknown as tf.serialization.ConfigDict),
      ...describeWeightOptions('kernel', this.kernelOptions),
      ...describeWeightOptions('recurrent', this.recurrentOptions),
      ...describeWeightOptions('bias', this.biasOptions),
    };
  }
}

/** The last time step of [t, b, u]. */
function lastOf(x: tf.Tensor3D): tf.Tensor2D {
  const [time, batch, units] = x.shape;
  return tf.reshape(tf.slice(x, [time - 1, 0, 0], [1, batch, units]), [batch, units]);
}

/** The part of the config that all recurrent layers share. */
export function readRecurrentConfig(config: LayerConfig): RecurrentConfig {
  const { units, activation, useBias, dropout, recurrentDropout, seed, returnSequences, goBackwards } =
    config as unknown as RecurrentConfig;
  return { units, activation, useBias, dropout, recurrentDropout, seed: seed ?? null, returnSequences, goBackwards };
}
