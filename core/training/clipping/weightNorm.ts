import { defineClipping } from './defineClipping.ts';
import { normLimit, normOf, scaleTo } from './norm.ts';

/** g ← g · c / max(‖g‖, c), for each weight by itself. */
export const weightNorm = defineClipping({
  name: 'weightNorm',
  title: 'By norm of each weight',
  help: 'The gradient of each kernel and bias is scaled down where it is too long.',
  doc: 'As by global norm, but each weight tensor has the limit to itself: a layer with large gradients is held back without slowing down the others. The step as a whole changes its direction.',
  source: { label: 'Keras: clipnorm', url: 'https://keras.io/api/optimizers/' },
  params: { norm: normLimit('the gradient of one weight') },
  clip: (tf, { norm }, gradients) =>
    gradients.map((gradient) => tf.mul(gradient, scaleTo(tf, norm, normOf(tf, [gradient])))),
  keras: ({ norm }) => ({ clipnorm: norm }),
});
