import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../../../document/index.ts';
import { tfVariable } from '../../build/weights.ts';
import { perStep } from '../perStep.ts';
import { adamRate } from './fusedAdam.ts';
import type { Optimizer, Trainable } from './optimizer.ts';

/** Adam for all weights; numbers that change with the step are scalars on the device. */
export interface InPlaceAdam {
  /** Step size with its bias correction. */
  readonly alpha: tf.Tensor;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export interface InPlaceSgd {
  readonly learningRate: tf.Tensor;
  readonly momentum: number;
  readonly nesterov: boolean;
}

/** Weights and their slots kept where one kernel can change all of a weight's numbers in place. */
export interface InPlaceWeights {
  /**
   * One Adam step for a weight; slots `momentum` and `velocity`. `decay`, a scalar, is the learning rate times the weight decay; null
   * where the weight does not decay.
   */
  adam(index: number, gradient: tf.Tensor, step: InPlaceAdam, decay: tf.Tensor | null): void;
  /** One step of gradient descent for a weight; slot `momentum` where there is momentum. */
  sgd(index: number, gradient: tf.Tensor, step: InPlaceSgd, decay: tf.Tensor | null): void;
  /** A slot's value. Stays with the weights; good until the next update. */
  slot(index: number, name: string): tf.Tensor;
  setSlot(index: number, name: string, value: tf.Tensor): void;
  /** Numbers of the native resources that hold a weight, and one of its slots. */
  weightResource(index: number): number;
  slotResource(index: number, name: string): number;
  dispose(): void;
}

export type InPlaceFactory = (variables: readonly tf.Variable[], slots: readonly string[]) => InPlaceWeights;

const factories = new Map<string, InPlaceFactory>();

/** For kernel packs whose backend can update in place. */
export function registerInPlaceWeights(backendName: string, factory: InPlaceFactory): void {
  factories.set(backendName, factory);
}

/** The current backend's way to update weights in place, or null where updates are composed of kernels that make new tensors. */
export function inPlaceWeights(): InPlaceFactory | null {
  return factories.get(tf.getBackend()) ?? null;
}

/** An optimiser whose updates happen in place. Same formulas as createAdam and createSgd. */
export function createInPlaceOptimizer(
  settings: OptimizerSettings,
  trainables: readonly Trainable[],
  factory: InPlaceFactory,
): Optimizer {
  const names = settings.name === 'sgd' ? (settings.momentum > 0 ? ['momentum'] : []) : ['momentum', 'velocity'];
  const variables = trainables.map(({ variable }) => tfVariable(variable));
  const weights = factory(variables, names);
  const weightDecay = settings.name === 'adam' ? 0 : settings.weightDecay;
  let step = 0;
  let rate = 0;
  const scalar = (value: () => number): tf.Tensor => perStep([], 'float32', () => Float32Array.of(value()));
  const moveTo = (number: number, learningRate: number): void => {
    step = number;
    rate = learningRate;
  };
  return {
    get step() {
      return step;
    },
    apply(gradients, learningRate) {
      moveTo(step + 1, learningRate);
      tf.tidy(() => {
        const learningRate = scalar(() => rate);
        const alpha = settings.name === 'sgd' ? learningRate : scalar(() => adamRate(settings, rate, step));
        const decay = weightDecay > 0 ? scalar(() => rate * weightDecay) : null;
        trainables.forEach(({ variable, decays }, i) => {
          const gradient = gradients[i];
          if (!gradient) return;
          const lost = decays ? decay : null;
          if (settings.name === 'sgd') weights.sgd(i, gradient, { ...settings, learningRate }, lost);
          else weights.adam(i, gradient, { ...settings, alpha }, lost);
          if (variable.constraint) variable.write(tf.clone(variable.read()));
        });
      });
    },
    recordable: {
      cells: () =>
        names.flatMap((name) =>
          trainables.map((_, i) => ({
            read: () => weights.slot(i, name),
            write: (value: tf.Tensor) => weights.setSlot(i, name, value),
            resource: weights.slotResource(i, name),
          })),
        ),
      weightResource: (index) => weights.weightResource(index),
      moveTo,
    },
    slots: () =>
      new Map(
        names.flatMap((name) => trainables.map(({ key }, i) => [`${key}/${name}`, weights.slot(i, name)] as const)),
      ),
    restore(at, stored) {
      step = at;
      for (const name of names)
        trainables.forEach(({ key }, i) => {
          const slot = stored.get(`${key}/${name}`);
          const shape = variables[i]?.shape ?? [];
          if (slot?.shape.join() !== shape.join()) return;
          tf.tidy(() => weights.setSlot(i, name, tf.tensor(slot.data, shape, 'float32')));
        });
    },
    dispose: () => weights.dispose(),
  };
}
