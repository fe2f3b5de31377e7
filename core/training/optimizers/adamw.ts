import { adamKeras, adamParams, adamScalars, adamSlots, adamUpdate } from './adam.ts';
import { weightDecay } from './commonParams.ts';
import { defineOptimizer } from './defineOptimizer.ts';

export const adamw = defineOptimizer({
  name: 'adamw',
  title: 'AdamW',
  help: 'Adam with weight decay that works as meant.',
  doc: 'Adam whose weight decay acts on the weights themselves, apart from the gradient, so that the scaling of steps leaves it alone.',
  source: { label: 'Loshchilov & Hutter 2019', url: 'https://arxiv.org/abs/1711.05101' },
  learningRate: 0.001,
  params: { ...adamParams, weightDecay: weightDecay(0.004) },
  slots: adamSlots,
  scalars: (settings, rate, step) => adamScalars(settings, rate, step),
  decay: (settings) => settings.weightDecay,
  update: (tf, settings, state) => adamUpdate(tf, settings, state),
  keras: (settings) => adamKeras('AdamW', settings),
});
