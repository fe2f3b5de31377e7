import { float } from '../../params/index.ts';
import { defineClipping } from './defineClipping.ts';

/** g ← min(max(g, −c), c), number by number. */
export const value = defineClipping({
  name: 'value',
  title: 'By value',
  help: 'Each number of a gradient is held between two bounds.',
  doc: 'Every single number of every gradient is brought between −c and c. It bounds each weight’s step and changes its direction.',
  source: { label: 'Keras: clipvalue', url: 'https://keras.io/api/optimizers/' },
  params: {
    limit: float({
      label: 'Largest value',
      help: 'No number of a gradient is larger than this, or smaller than its negative.',
      default: 0.5,
      min: 0,
      exclusiveMin: true,
    }),
  },
  clip: (tf, { limit }, gradients) => gradients.map((gradient) => tf.clipByValue(gradient, -limit, limit)),
  keras: ({ limit }) => ({ clipvalue: limit }),
});
