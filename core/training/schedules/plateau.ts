import { float, int } from '../../params/index.ts';
import { defineSchedule } from './defineSchedule.ts';
import { decayFactor, neverDue } from './scheduleParams.ts';

/** As `ReduceLROnPlateau` of Keras, `mode="min"`. */
export const plateau = defineSchedule({
  name: 'plateau',
  title: 'Reduce on plateau',
  help: 'Smaller when the validation loss stops falling.',
  doc: 'Watches the loss at each epoch’s end, that of validation samples where there are any. When it has not fallen for some epochs, the learning rate is multiplied by the factor.',
  source: { label: 'Keras: ReduceLROnPlateau', url: 'https://keras.io/api/callbacks/reduce_lr_on_plateau/' },
  params: {
    factor: decayFactor(0.1, 'on a plateau'),
    patience: int({
      label: 'Patience',
      help: 'Epochs without a better loss before the rate is reduced.',
      default: 5,
      min: 1,
      max: 1_000_000,
    }),
    minDelta: float({
      label: 'Least change',
      help: 'A loss counts as better when it is lower by more than this.',
      default: 1e-4,
      min: 0,
    }),
    cooldown: int({
      label: 'Cool-down',
      help: 'Epochs in which none are counted, the one of a reduction among them.',
      default: 0,
      min: 0,
      max: 1_000_000,
    }),
    least: float({ label: 'Least rate', help: 'The rate is never reduced below this.', default: 0, min: 0 }),
  },
  rate: (_, base, __, { rate = base }) => rate,
  reacts: {
    begin: { wait: 0, resting: 0 },
    epochEnded({ factor, patience, minDelta, cooldown, least }, before, loss, base) {
      const resting = Math.max(0, (before.resting ?? 0) - 1);
      const waited = (before.resting ?? 0) > 0 ? 0 : (before.wait ?? 0);
      if (before.best === undefined || loss < before.best - minDelta)
        return { ...before, best: loss, wait: 0, resting };
      if (resting > 0) return { ...before, wait: waited, resting };
      const rate = before.rate ?? base;
      if (waited + 1 < patience || rate <= least) return { ...before, wait: waited + 1, resting };
      return { ...before, rate: Math.max(rate * factor, least), wait: 0, resting: cooldown };
    },
  },
  idle: ({ patience }, epochs) => neverDue(patience + 1, epochs, 'the rate is first reduced'),
  keras: ({ factor, patience, minDelta, cooldown, least }) => ({
    kind: 'callback',
    className: 'ReduceLROnPlateau',
    args: { factor, patience, min_delta: minDelta, cooldown, min_lr: least },
    defaults: { factor: 0.1, patience: 10, min_delta: 1e-4, cooldown: 0, min_lr: 0 },
    integers: ['patience', 'cooldown'],
    epochs: {},
  }),
});
