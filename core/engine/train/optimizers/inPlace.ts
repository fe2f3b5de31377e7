import * as tf from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../../../document/index.ts';
import { tfVariable } from '../../build/weights.ts';
import { type AdamStep, adamRate } from './fusedAdam.ts';
import type { Optimizer, Trainable } from './optimizer.ts';

export interface SgdStep {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Learning rate times weight decay. */
  readonly decay: number;
}

/** Weights and their slots kept where one kernel can change all of a weight's numbers in place. */
export interface InPlaceWeights {
  /** One Adam step for a weight; slots `momentum` and `velocity`. */
  adam(index: number, gradient: tf.Tensor, step: AdamStep): void;
  /** One step of gradient descent for a weight; slot `momentum` where there is momentum. */
  sgd(index: number, gradient: tf.Tensor, step: SgdStep): void;
  /** A slot's value. Stays with the weights; good until the next update. */
  slot(index: number, name: string): tf.Tensor;
  setSlot(index: number, name: string, value: tf.Tensor): void;
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
  const update = (index: number, gradient: tf.Tensor, learningRate: number, decay: number): void => {
    if (settings.name === 'sgd') weights.sgd(index, gradient, { ...settings, learningRate, decay });
    else weights.adam(index, gradient, { ...settings, alpha: adamRate(settings, learningRate, step), decay });
  };
  return {
    get step() {
      return step;
    },
    apply(gradients, learningRate) {
      step++;
      trainables.forEach(({ variable, decays }, i) => {
        const gradient = gradients[i];
        if (!gradient) return;
        update(i, gradient, learningRate, decays ? learningRate * weightDecay : 0);
        if (variable.constraint) tf.tidy(() => void variable.write(tf.clone(variable.read())));
      });
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
