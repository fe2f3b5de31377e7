import * as tf from '@tensorflow/tfjs-core';
import { decayed } from './decay.ts';
import { type AdamState, type AdamStep, adamRate, fusedAdam } from './fusedAdam.ts';
import type { Optimizer, Trainable } from './optimizer.ts';
import { SlotSet } from './slotSet.ts';

export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 0 is Adam, anything else AdamW. */
  readonly weightDecay: number;
}

/**
 * Adam (Kingma & Ba 2015) and, with weight decay, AdamW (Loshchilov & Hutter 2019), in Keras's form: the bias correction is folded
 * into the step size α = η√(1 − β₂ᵗ)/(1 − β₁ᵗ), and epsilon is added to √v uncorrected ("epsilon hat" of the paper):
 * m ← m + (g − m)(1 − β₁); v ← v + (g² − v)(1 − β₂); w ← w − αm/(√v + ε).
 */
export function createAdam(trainables: readonly Trainable[], settings: AdamSettings): Optimizer {
  const { beta1, beta2, epsilon, weightDecay } = settings;
  const first = new SlotSet('momentum', trainables);
  const second = new SlotSet('velocity', trainables);
  let step = 0;
  return {
    get step() {
      return step;
    },
    apply(gradients, learningRate) {
      step++;
      const alpha = adamRate(settings, learningRate, step);
      const fused = fusedAdam();
      trainables.forEach((trainable, i) => {
        const gradient = gradients[i];
        if (!gradient) return;
        tf.tidy(() => {
          const decay = trainable.decays ? learningRate * weightDecay : 0;
          const state = { weight: trainable.variable.read(), gradient, first: first.get(i), second: second.get(i) };
          const next = fused
            ? fused(state, { alpha, beta1, beta2, epsilon, decay })
            : plain(state, trainable, { alpha, beta1, beta2, epsilon, decay });
          first.set(i, next.first);
          second.set(i, next.second);
          trainable.variable.write(next.weight);
        });
      });
    },
    slots: () => new Map([...first.entries(), ...second.entries()]),
    restore(at, stored) {
      step = at;
      first.restore(stored);
      second.restore(stored);
    },
    dispose() {
      first.dispose();
      second.dispose();
    },
  };
}

function plain(state: AdamState, trainable: Trainable, step: AdamStep): Omit<AdamState, 'gradient'> {
  const { gradient } = state;
  const first = tf.add(state.first, tf.mul(tf.sub(gradient, state.first), 1 - step.beta1));
  const second = tf.add(state.second, tf.mul(tf.sub(tf.square(gradient), state.second), 1 - step.beta2));
  const move = tf.div(tf.mul(first, step.alpha), tf.add(tf.sqrt(second), step.epsilon));
  return { first, second, weight: tf.sub(decayed(trainable, step.decay), move) };
}
