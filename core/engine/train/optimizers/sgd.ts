import * as tf from '@tensorflow/tfjs-core';
import { decayed } from './decay.ts';
import type { Optimizer, Trainable } from './optimizer.ts';
import { SlotSet } from './slotSet.ts';

export interface SgdSettings {
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
}

/**
 * Stochastic gradient descent with momentum (Polyak 1964; Nesterov as in Sutskever et al. 2013), in Keras's form:
 * m ← μm − ηg; w ← w + m, or w + μm − ηg with Nesterov. Weight decay is decoupled: w ← w − ηλw before the update.
 */
export function createSgd(trainables: readonly Trainable[], settings: SgdSettings): Optimizer {
  const { momentum, nesterov, weightDecay } = settings;
  const velocity = momentum > 0 ? new SlotSet('momentum', trainables) : null;
  let step = 0;
  return {
    get step() {
      return step;
    },
    apply(gradients, learningRate) {
      step++;
      trainables.forEach((trainable, i) => {
        const gradient = gradients[i];
        if (!gradient) return;
        tf.tidy(() => {
          const weight = decayed(trainable, learningRate * weightDecay);
          const push = tf.mul(gradient, -learningRate);
          if (!velocity) {
            trainable.variable.write(tf.add(weight, push));
            return;
          }
          const moved = tf.add(tf.mul(velocity.get(i), momentum), push);
          velocity.set(i, moved);
          trainable.variable.write(tf.add(weight, nesterov ? tf.add(tf.mul(moved, momentum), push) : moved));
        });
      });
    },
    slots: () => new Map(velocity?.entries() ?? []),
    restore(at, stored) {
      step = at;
      velocity?.restore(stored);
    },
    dispose: () => velocity?.dispose(),
  };
}
