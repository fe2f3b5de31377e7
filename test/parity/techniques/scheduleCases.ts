import type { ScheduleSettings } from '../../../core/training/index.ts';
import { numbers } from './numbers.ts';

export const SCHEDULE_RATE = 0.02;
export const STEPS_PER_EPOCH = 5;
export const EPOCHS = 12;

/** One loss for each epoch: it falls, stays, falls once more and then wavers. */
export const EPOCH_LOSSES = [1, 0.7, 0.7, 0.69995, 0.71, 0.5, ...numbers('wavering', EPOCHS - 6, 0.5, 0.6)];

interface TorchScheduler {
  readonly name: string;
  readonly arguments: object;
}

export interface ScheduleCase {
  readonly title: string;
  readonly settings: ScheduleSettings;
  /** Schedulers of PyTorch one after another from these steps on, and what they are told of. */
  readonly torch: {
    readonly schedulers: readonly TorchScheduler[];
    readonly milestones: readonly number[];
    readonly each: 'step' | 'epoch' | 'loss';
  } | null;
}

const torch = (each: 'step' | 'epoch' | 'loss', name: string, args: object) => ({
  schedulers: [{ name, arguments: args }],
  milestones: [],
  each,
});

const plateau = (values: object): ScheduleSettings => ({
  name: 'plateau',
  factor: 0.5,
  patience: 2,
  minDelta: 1e-3,
  cooldown: 0,
  least: 0,
  ...values,
});

/** Every schedule that changes the rate, with each parameter that changes what it does. */
export const SCHEDULE_CASES: readonly ScheduleCase[] = [
  {
    title: 'step decay',
    settings: { name: 'step', every: 3, factor: 0.3 },
    torch: torch('epoch', 'StepLR', { step_size: 3, gamma: 0.3 }),
  },
  {
    title: 'exponential decay',
    settings: { name: 'exponential', every: 2, factor: 0.6 },
    torch: torch('step', 'ExponentialLR', { gamma: 0.6 ** (1 / (2 * STEPS_PER_EPOCH)) }),
  },
  {
    title: 'cosine decay',
    settings: { name: 'cosine', warmup: 0, start: 0, end: 0 },
    torch: torch('step', 'CosineAnnealingLR', { T_max: EPOCHS * STEPS_PER_EPOCH }),
  },
  {
    title: 'cosine decay with warm-up',
    settings: { name: 'cosine', warmup: 2, start: 0.1, end: 0.05 },
    torch: {
      schedulers: [
        { name: 'LinearLR', arguments: { start_factor: 0.1, total_iters: 2 * STEPS_PER_EPOCH } },
        {
          name: 'CosineAnnealingLR',
          arguments: { T_max: (EPOCHS - 2) * STEPS_PER_EPOCH, eta_min: 0.05 * SCHEDULE_RATE },
        },
      ],
      milestones: [2 * STEPS_PER_EPOCH],
      each: 'step',
    },
  },
  {
    title: 'cosine decay with part of an epoch to warm up',
    settings: { name: 'cosine', warmup: 0.5, start: 0, end: 0 },
    torch: null,
  },
  {
    // PyTorch reduces one epoch later than Keras with the same patience.
    title: 'reduction on a plateau',
    settings: plateau({}),
    torch: torch('loss', 'ReduceLROnPlateau', {
      factor: 0.5,
      patience: 1,
      threshold: 1e-3,
      threshold_mode: 'abs',
      eps: 0,
    }),
  },
  { title: 'reduction on a plateau with cool-down', settings: plateau({ cooldown: 3, patience: 1 }), torch: null },
  { title: 'reduction on a plateau to a least rate', settings: plateau({ least: 0.008, minDelta: 0.1 }), torch: null },
];
