import * as tf from '@tensorflow/tfjs-core';
import type { ActivationName, Regularizer } from '../../../catalogue/index.ts';
import { type ActivationParams, activate } from './activate.ts';
import { LoomLayer, register } from './loomLayer.ts';
import { addPenalty } from './penalties.ts';
import type { LayerConfig } from './restore.ts';

/** Any activation of the catalogue with its parameters; it also adds the penalty on its output to the loss, if it has one. */
export class LoomActivation extends LoomLayer {
  static className = 'LoomActivation';
  readonly activation: ActivationName;
  readonly params: ActivationParams;
  readonly activityRegularizer_: Regularizer | null;

  constructor(config: LayerConfig) {
    super(config);
    const { activation, activityRegularizer, negativeSlope, maxValue, threshold, alpha, approximate, axis } =
      config as unknown as {
        readonly activation: ActivationName;
        readonly activityRegularizer?: Regularizer | null;
      } & ActivationParams;
    this.activation = activation;
    this.params = Object.fromEntries(
      Object.entries({ negativeSlope, maxValue, threshold, alpha, approximate, axis }).filter(
        ([, v]) => v !== undefined,
      ),
    );
    this.activityRegularizer_ = activityRegularizer ?? null;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const result = tf.tidy(() => activate(this.activation, this.oneTensor(inputs), this.params));
    if (this.activityRegularizer_ !== null) addPenalty(result, this.activityRegularizer_, result.shape[0] ?? 1);
    return result;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return {
      ...super.getConfig(),
      activation: this.activation,
      activityRegularizer: this.activityRegularizer_ === null ? null : { ...this.activityRegularizer_ },
      ...this.params,
    };
  }
}
register(LoomActivation);
