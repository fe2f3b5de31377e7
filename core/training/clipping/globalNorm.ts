import { defineClipping } from './defineClipping.ts';
import { normLimit, normOf, scaleTo } from './norm.ts';

/** g ← g · c / max(‖all g‖, c). */
export const globalNorm = defineClipping({
  name: 'globalNorm',
  title: 'By global norm',
  help: 'All gradients together are scaled down where they are too long. For recurrent networks and transformers.',
  doc: 'The gradients of all weights are one long vector. Where its norm exceeds the limit, all of it is scaled down by the same factor, so that the step keeps its direction and a single bad batch cannot throw the weights far.',
  source: { label: 'Pascanu et al. 2013', url: 'https://proceedings.mlr.press/v28/pascanu13.html' },
  params: { norm: normLimit('all gradients together') },
  clip(tf, { norm }, gradients) {
    const scale = scaleTo(tf, norm, normOf(tf, gradients));
    return gradients.map((gradient) => tf.mul(gradient, scale));
  },
  keras: ({ norm }) => ({ global_clipnorm: norm }),
});
