import { float } from '../../params/index.ts';
import { defineSchedule, stepsOf } from './defineSchedule.ts';
import { neverDue } from './scheduleParams.ts';

const share = (label: string, help: string) => float({ label, help, default: 0, min: 0, max: 1 });

/** Up: η · (s + (1 − s)t/W). Then down: η · ((1 − e)(1 + cos πt/T)/2 + e). */
export const cosine = defineSchedule({
  name: 'cosine',
  title: 'Cosine with warm-up',
  help: 'Up in a line, then down along half a cosine. The usual one of transformers.',
  doc: 'Rises in a line to the learning rate, so that the first steps, whose gradients say little, do no harm; then falls along half a cosine wave to the end of training: slowly at first, fast in the middle, slowly at the end.',
  source: { label: 'Loshchilov & Hutter 2017', url: 'https://arxiv.org/abs/1608.03983' },
  params: {
    warmup: float({
      label: 'Warm-up',
      help: 'Epochs in which the rate rises; 0 for none.',
      default: 1,
      min: 0,
      max: 1_000_000,
    }),
    start: share('Start', 'Share of the learning rate with which the warm-up begins.'),
    end: share('End', 'Share of the learning rate that is left at the end of training.'),
  },
  rate({ warmup, start, end }, base, time) {
    const rise = stepsOf(warmup, time);
    if (time.step < rise) return base * (start + (1 - start) * (time.step / rise));
    const fall = Math.max(1, stepsOf(time.steps / time.stepsPerEpoch - warmup, time));
    const done = Math.min(1, (time.step - rise) / fall);
    return base * (((1 - end) * (1 + Math.cos(Math.PI * done))) / 2 + end);
  },
  idle: ({ warmup }, epochs) => neverDue(warmup, epochs, 'the warm-up ends'),
  keras: ({ warmup, start, end }, base) => ({
    kind: 'schedule',
    className: 'CosineDecay',
    args: {
      initial_learning_rate: warmup > 0 ? base * start : base,
      ...(warmup > 0 && { warmup_target: base }),
      alpha: end,
    },
    defaults: { alpha: 0 },
    epochs: { decay_steps: { leftAfter: warmup }, ...(warmup > 0 && { warmup_steps: warmup }) },
  }),
});
