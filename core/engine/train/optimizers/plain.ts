import * as tf from '@tensorflow/tfjs-core';
import type { AnyOptimizer, Updated } from '../../../training/index.ts';
import { perStep } from '../step/perStep.ts';
import type { Optimizer, OptimizerChoice, Trainable } from './optimizer.ts';
import { SlotSet } from './slotSet.ts';

/** What a kernel that does a whole update needs; numbers of the step are plain, since such steps are not recorded. */
export interface KernelState {
  readonly weight: tf.Tensor;
  readonly gradient: tf.Tensor;
  readonly rate: number;
  /** Learning rate times weight decay; 0 for weights that do not decay. */
  readonly decay: number;
  slot(name: string): tf.Tensor;
  scalar(name: string): number;
}

/** A whole update of one weight as a kernel that makes new tensors. */
export interface UpdateKernel<S> {
  readonly kind: 'kernel';
  update(settings: S, state: KernelState): Updated;
}

/** An optimiser by its formula, or where the backend has a kernel for it, by that. */
export function createPlainOptimizer(
  definition: AnyOptimizer,
  settings: OptimizerChoice,
  trainables: readonly Trainable[],
  kernel: UpdateKernel<OptimizerChoice> | null = null,
): Optimizer {
  const starts = definition.slotStart?.(settings) ?? {};
  const slots = new Map(
    definition.slots(settings).map((name) => [name, new SlotSet(name, trainables, starts[name] ?? 0)] as const),
  );
  const slotsOf = (index: number) => (name: string) => need(slots, name, definition.name).get(index);
  const decay = definition.decay?.(settings) ?? 0;
  let step = 0;
  let rate = 0;
  const numbers = (): ReadonlyMap<string, number> =>
    new Map(Object.entries(definition.scalars?.(settings, rate, step) ?? {}));
  const moveTo = (number: number, learningRate: number): void => {
    step = number;
    rate = learningRate;
  };

  /** The update of one weight, as tensors of the surrounding tidy. */
  const updater = () => {
    if (kernel) {
      const now = numbers();
      return (i: number, weight: tf.Tensor, gradient: tf.Tensor, decays: boolean) =>
        kernel.update(settings, {
          weight,
          gradient,
          rate,
          decay: decays ? rate * decay : 0,
          slot: slotsOf(i),
          scalar: (name) => need(now, name, definition.name),
        });
    }
    const scalar = (value: () => number) => perStep([], 'float32', () => Float32Array.of(value()));
    const stepRate = scalar(() => rate);
    const kept = decay > 0 ? scalar(() => 1 - rate * decay) : null;
    const now = new Map(
      [...numbers().keys()].map((name) => [name, scalar(() => need(numbers(), name, definition.name))]),
    );
    return (i: number, weight: tf.Tensor, gradient: tf.Tensor, decays: boolean) =>
      definition.update(tf, settings, {
        weight: decays && kept ? tf.mul(weight, kept) : weight,
        gradient,
        rate: stepRate,
        slot: slotsOf(i),
        scalar: (name) => need(now, name, definition.name),
      });
  };

  return {
    get step() {
      return step;
    },
    apply(gradients, learningRate) {
      moveTo(step + 1, learningRate);
      tf.tidy(() => {
        const update = updater();
        trainables.forEach(({ variable, decays }, i) => {
          const gradient = gradients[i];
          if (!gradient) return;
          tf.tidy(() => {
            const next = update(i, variable.read(), gradient, decays);
            for (const [name, set] of slots)
              set.set(i, need(new Map(Object.entries(next.slots)), name, definition.name));
            variable.write(next.weight);
          });
        });
      });
    },
    recordable: {
      cells: () => [...slots.values()].flatMap((set) => set.cells()),
      weightResource: () => null,
      moveTo,
    },
    slots: () => new Map([...slots.values()].flatMap((set) => set.entries())),
    restore(at, stored) {
      step = at;
      for (const set of slots.values()) set.restore(stored);
    },
    dispose() {
      for (const set of slots.values()) set.dispose();
    },
  };
}

function need<T>(all: ReadonlyMap<string, T>, name: string, optimizer: string): T {
  const found = all.get(name);
  if (found === undefined) throw new Error(`The optimiser ${optimizer} has no “${name}”`);
  return found;
}
