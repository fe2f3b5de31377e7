import { int } from '../../params/index.ts';
import { defineSchedule, stepsOf } from './defineSchedule.ts';
import { decayFactor } from './scheduleParams.ts';

/** η · f^(t/T). */
export const exponential = defineSchedule({
  name: 'exponential',
  title: 'Exponential decay',
  help: 'A little smaller with every step.',
  doc: 'Falls at every step, so that after the named number of epochs it has been multiplied by the factor: the smooth form of step decay.',
  source: {
    label: 'Keras: ExponentialDecay',
    url: 'https://keras.io/api/optimizers/learning_rate_schedules/exponential_decay/',
  },
  params: {
    every: int({
      label: 'Every',
      help: 'Epochs in which the rate falls by the whole factor.',
      default: 1,
      min: 1,
      max: 1_000_000,
    }),
    factor: decayFactor(0.9, 'over that time'),
  },
  rate: ({ every, factor }, base, time) => base * factor ** (time.step / stepsOf(every, time)),
  keras: ({ every, factor }, base) => ({
    kind: 'schedule',
    className: 'ExponentialDecay',
    args: { initial_learning_rate: base, decay_rate: factor, staircase: false },
    defaults: { staircase: false },
    epochs: { decay_steps: every },
  }),
});
