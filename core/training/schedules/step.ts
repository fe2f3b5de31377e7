import { int } from '../../params/index.ts';
import { defineSchedule, stepsOf } from './defineSchedule.ts';
import { decayFactor, neverDue } from './scheduleParams.ts';

/** η · f^⌊t/T⌋. */
export const step = defineSchedule({
  name: 'step',
  title: 'Step decay',
  help: 'Multiplied by a factor every few epochs. The classic of image networks.',
  doc: 'Holds the learning rate for some epochs, then multiplies it by the factor, and so on: large steps while there is far to go, small ones to settle.',
  source: { label: 'He et al. 2016', url: 'https://arxiv.org/abs/1512.03385' },
  params: {
    every: int({
      label: 'Every',
      help: 'Epochs for which the rate stays the same.',
      default: 10,
      min: 1,
      max: 1_000_000,
    }),
    factor: decayFactor(0.1, 'each time'),
  },
  rate: ({ every, factor }, base, time) => base * factor ** Math.floor(time.step / stepsOf(every, time)),
  idle: ({ every }, epochs) => neverDue(every, epochs, 'the rate first changes'),
  keras: ({ every, factor }, base) => ({
    kind: 'schedule',
    className: 'ExponentialDecay',
    args: { initial_learning_rate: base, decay_rate: factor, staircase: true },
    defaults: { staircase: false },
    epochs: { decay_steps: every },
  }),
});
