import type { ParamValues } from '../../params/index.ts';
import type { KerasObject } from '../kerasObject.ts';
import type { Ops } from '../ops.ts';
import { averageRate, epsilon } from './commonParams.ts';
import { defineOptimizer, type Updated, type UpdateState } from './defineOptimizer.ts';

export const adamParams = {
  beta1: averageRate('Beta 1', 'gradients', 0.9),
  beta2: averageRate('Beta 2', 'squared gradients', 0.999),
  epsilon,
};

type AdamValues = ParamValues<typeof adamParams>;

/** Slots of Adam and its relatives: the averages of gradients and of their squares. */
export const adamSlots = (): readonly string[] => ['momentum', 'velocity'];

/** Adam's step size with its bias correction: η√(1 − β₂ᵗ)/(1 − β₁ᵗ). */
export function adamScalars({ beta1, beta2 }: AdamValues, rate: number, step: number): { alpha: number } {
  return { alpha: (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step) };
}

/** m ← m + (g − m)(1 − β₁); v ← v + (g² − v)(1 − β₂); w ← w − αm/(√v + ε). */
export function adamUpdate(
  tf: Ops,
  { beta1, beta2, epsilon: least }: AdamValues,
  { weight, gradient, slot, scalar }: UpdateState,
): Updated {
  const [first, second] = [slot('momentum'), slot('velocity')];
  const momentum = tf.add(first, tf.mul(tf.sub(gradient, first), 1 - beta1));
  const velocity = tf.add(second, tf.mul(tf.sub(tf.square(gradient), second), 1 - beta2));
  const move = tf.div(tf.mul(momentum, scalar('alpha')), tf.add(tf.sqrt(velocity), least));
  return { weight: tf.sub(weight, move), slots: { momentum, velocity } };
}

export function adamKeras(className: string, { beta1, beta2, epsilon: least }: AdamValues): KerasObject {
  return {
    className,
    args: { beta_1: beta1, beta_2: beta2, epsilon: least },
    defaults: { beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 },
  };
}

/** In Keras's form: epsilon is added to √v uncorrected ("epsilon hat" of the paper). */
export const adam = defineOptimizer({
  name: 'adam',
  title: 'Adam',
  help: 'Steps scaled for each weight. A good first choice.',
  doc: 'Divides an average of gradients by the root of an average of their squares, so that every weight moves at about the learning rate whatever the size of its gradients.',
  source: { label: 'Kingma & Ba 2015', url: 'https://arxiv.org/abs/1412.6980' },
  learningRate: 0.001,
  params: adamParams,
  slots: adamSlots,
  scalars: adamScalars,
  update: adamUpdate,
  keras: (settings) => adamKeras('Adam', settings),
});
