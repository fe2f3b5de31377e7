import type { OptimizerSettings } from '../../../core/training/index.ts';

export const LEARNING_RATE = 0.01;

export interface OptimizerCase {
  readonly title: string;
  readonly settings: OptimizerSettings;
  /** Where not LEARNING_RATE. */
  readonly rate?: number;
  /** The same in PyTorch, its learning rate added; null where PyTorch does something else. */
  readonly torch: { readonly name: string; readonly arguments: object } | null;
}

const sgd = (momentum: number, nesterov: boolean, weightDecay: number): OptimizerSettings => ({
  name: 'sgd',
  momentum,
  nesterov,
  weightDecay,
});

const rmsprop = (momentum: number, centered: boolean, epsilon: number, weightDecay = 0): OptimizerSettings => ({
  name: 'rmsprop',
  rho: 0.9,
  momentum,
  epsilon,
  centered,
  weightDecay,
});

/** Every optimiser, with each parameter that changes what it does. */
export const OPTIMIZER_CASES: readonly OptimizerCase[] = [
  { title: 'SGD', settings: sgd(0, false, 0), torch: { name: 'SGD', arguments: {} } },
  { title: 'SGD with momentum', settings: sgd(0.9, false, 0), torch: { name: 'SGD', arguments: { momentum: 0.9 } } },
  {
    title: 'SGD with Nesterov momentum',
    settings: sgd(0.9, true, 0),
    torch: { name: 'SGD', arguments: { momentum: 0.9, nesterov: true } },
  },
  // PyTorch's SGD adds the decay to the gradient instead, so that momentum carries it along: a different method.
  { title: 'SGD with momentum and decoupled weight decay', settings: sgd(0.9, false, 0.05), torch: null },
  {
    title: 'Adam',
    settings: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
    torch: { name: 'Adam', arguments: { eps: 1e-7 } },
  },
  {
    title: 'AdamW',
    settings: { name: 'adamw', beta1: 0.9, beta2: 0.99, epsilon: 1e-7, weightDecay: 0.05 },
    torch: { name: 'AdamW', arguments: { betas: [0.9, 0.99], eps: 1e-7, weight_decay: 0.05 } },
  },
  // PyTorch adds epsilon to the root, Keras under it: the same only where it is as good as nothing.
  { title: 'RMSprop', settings: rmsprop(0, false, 1e-4), torch: null },
  {
    title: 'RMSprop with hardly any epsilon',
    settings: rmsprop(0, false, 1e-14),
    torch: { name: 'RMSprop', arguments: { alpha: 0.9, eps: 1e-14 } },
  },
  {
    title: 'RMSprop with momentum',
    settings: rmsprop(0.5, false, 1e-4),
    torch: null,
  },
  {
    // At ten times the rate it is chaotic: the formula in single and in double precision come 0.006 apart.
    title: 'RMSprop with momentum and hardly any epsilon',
    settings: rmsprop(0.5, false, 1e-14),
    rate: 0.001,
    torch: { name: 'RMSprop', arguments: { alpha: 0.9, eps: 1e-14, momentum: 0.5 } },
  },
  { title: 'centred RMSprop with momentum and decay', settings: rmsprop(0.5, true, 1e-3, 0.05), torch: null },
];
