import * as tf from '@tensorflow/tfjs-core';
import type { AnyOptimizer } from '../../../training/index.ts';
import { tfVariable } from '../../model/weights.ts';
import { perStep } from '../step/perStep.ts';
import type { Optimizer, OptimizerChoice, Trainable } from './optimizer.ts';

/** Numbers that change with the step, as scalars on the device. */
export interface InPlaceStep {
  readonly rate: tf.Tensor;
  /** What the optimiser's `scalars` computed. */
  scalar(name: string): tf.Tensor;
  /** Learning rate times weight decay; null where the weight does not decay. */
  readonly decay: tf.Tensor | null;
}

/** Weights and their slots kept where one kernel can change all of a weight's numbers in place. */
export interface InPlaceWeights {
  /** One step for a weight. */
  update(index: number, gradient: tf.Tensor, step: InPlaceStep): void;
  /** A slot's value. Stays with the weights; good until the next update. */
  slot(index: number, name: string): tf.Tensor;
  setSlot(index: number, name: string, value: tf.Tensor): void;
  /** Numbers of the native resources that hold a weight, and one of its slots. */
  weightResource(index: number): number;
  slotResource(index: number, name: string): number;
  dispose(): void;
}

/** Updates of all of a weight's numbers where they lie. */
export interface UpdateInPlace<S> {
  readonly kind: 'inPlace';
  /** @param slots their names; they start at 0 */
  create(variables: readonly tf.Variable[], slots: readonly string[], settings: S): InPlaceWeights;
}

/** An optimiser whose updates happen in place. Same formulas as its definition. */
export function createInPlaceOptimizer(
  definition: AnyOptimizer,
  settings: OptimizerChoice,
  trainables: readonly Trainable[],
  inPlace: UpdateInPlace<OptimizerChoice>,
): Optimizer {
  const names = definition.slots(settings);
  const variables = trainables.map(({ variable }) => tfVariable(variable));
  const weights = inPlace.create(variables, names, settings);
  const weightDecay = definition.decay?.(settings) ?? 0;
  let step = 0;
  let rate = 0;
  const scalar = (value: () => number): tf.Tensor => perStep([], 'float32', () => Float32Array.of(value()));
  const numbers = (): { readonly [name: string]: number } => definition.scalars?.(settings, rate, step) ?? {};
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
        const now = new Map(Object.keys(numbers()).map((name) => [name, scalar(() => numbers()[name] ?? Number.NaN)]));
        const stepRate = scalar(() => rate);
        const decay = weightDecay > 0 ? scalar(() => rate * weightDecay) : null;
        trainables.forEach(({ variable, decays }, i) => {
          const gradient = gradients[i];
          if (!gradient) return;
          weights.update(i, gradient, {
            rate: stepRate,
            decay: decays ? decay : null,
            scalar: (name) => {
              const found = now.get(name);
              if (!found) throw new Error(`The optimiser ${definition.name} has no “${name}”`);
              return found;
            },
          });
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
