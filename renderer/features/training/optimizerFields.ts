import { DEFAULT_OPTIMIZERS, type OptimizerSettings } from '../../../core/document/index.ts';

export interface OptimizerField {
  readonly key: string;
  readonly label: string;
  readonly help: string;
  readonly kind: 'number' | 'switch';
  readonly max?: number;
  readonly exclusiveMin?: boolean;
  readonly exclusiveMax?: boolean;
}

const DECAY_RATES: readonly OptimizerField[] = [
  {
    key: 'beta1',
    label: 'Beta 1',
    help: 'How much of the past the average of gradients keeps.',
    kind: 'number',
    max: 1,
    exclusiveMax: true,
  },
  {
    key: 'beta2',
    label: 'Beta 2',
    help: 'How much of the past the average of squared gradients keeps.',
    kind: 'number',
    max: 1,
    exclusiveMax: true,
  },
  {
    key: 'epsilon',
    label: 'Epsilon',
    help: 'Keeps the division by the gradient’s size finite.',
    kind: 'number',
    exclusiveMin: true,
  },
];

/** The parameters of each optimiser, besides the learning rate that all have. */
export const OPTIMIZER_FIELDS: { readonly [N in OptimizerSettings['name']]: readonly OptimizerField[] } = {
  sgd: [
    {
      key: 'momentum',
      label: 'Momentum',
      help: 'How much of the last step goes into the next.',
      kind: 'number',
      max: 1,
    },
    {
      key: 'nesterov',
      label: 'Nesterov',
      help: 'Look ahead along the momentum before taking the gradient.',
      kind: 'switch',
    },
    { key: 'weightDecay', label: 'Weight decay', help: 'Pulls weights towards zero at every step.', kind: 'number' },
  ],
  adam: DECAY_RATES,
  adamw: [
    ...DECAY_RATES,
    {
      key: 'weightDecay',
      label: 'Weight decay',
      help: 'Pulls kernels towards zero, apart from the gradient (Loshchilov & Hutter 2019). Biases and normalisation are left alone.',
      kind: 'number',
    },
  ],
};

export const OPTIMIZER_OPTIONS = [
  { value: 'adam', label: 'Adam', help: 'Steps scaled for each weight. A good first choice.' },
  { value: 'adamw', label: 'AdamW', help: 'Adam with weight decay that works as meant.' },
  { value: 'sgd', label: 'SGD', help: 'Plain steps with momentum. Often the best end, with patience.' },
] as const;

/** Whether every parameter of this optimiser stands at its default. */
export function isDefaultOptimizer(optimizer: OptimizerSettings): boolean {
  const defaults: { readonly [key: string]: unknown } = DEFAULT_OPTIMIZERS[optimizer.name];
  const given: { readonly [key: string]: unknown } = optimizer;
  return OPTIMIZER_FIELDS[optimizer.name].every((field) => given[field.key] === defaults[field.key]);
}
