import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Constraint } from '../../catalogue/index.ts';

type TfConstraint = ReturnType<typeof tfl.constraints.nonNeg>;

const Base = Object.getPrototypeOf(tfl.constraints.nonNeg().constructor) as new () => TfConstraint;

/** Keras's fuzz factor in norm constraints. */
const EPSILON = 1e-7;

/**
 * The catalogue's constraints. Norms run over all axes but the last, at every rank, where the stock ones take axis 0 alone. Saved
 * under the stock names.
 */
class NormConstraint extends Base {
  private readonly value: Constraint;

  constructor(value: Constraint) {
    super();
    this.value = value;
  }

  override apply(weight: tf.Tensor): tf.Tensor {
    const value = this.value;
    return tf.tidy(() => {
      if (value.name === 'nonNeg') return tf.relu(weight);
      const axes = weight.rank === 1 ? [0] : weight.shape.slice(0, -1).map((_, axis) => axis);
      const norms = tf.sqrt(tf.sum(tf.square(weight), axes, true));
      const safe = tf.add(norms, EPSILON);
      if (value.name === 'unitNorm') return tf.div(weight, safe);
      if (value.name === 'maxNorm') return tf.mul(weight, tf.div(tf.clipByValue(norms, 0, value.maxValue), safe));
      const wanted = tf.add(
        tf.mul(tf.clipByValue(norms, value.minValue, value.maxValue), value.rate),
        tf.mul(norms, 1 - value.rate),
      );
      return tf.mul(weight, tf.div(wanted, safe));
    });
  }

  override getClassName(): string {
    return { maxNorm: 'MaxNorm', unitNorm: 'UnitNorm', nonNeg: 'NonNeg', minMaxNorm: 'MinMaxNorm' }[this.value.name];
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { name: _, ...numbers } = this.value;
    return this.value.name === 'nonNeg' ? {} : { ...numbers, axis: 0 };
  }
}

/** The TensorFlow.js constraint for a catalogue value, or undefined for none. */
export function tfConstraint(value: Constraint | null): TfConstraint | undefined {
  return value === null ? undefined : new NormConstraint(value);
}
