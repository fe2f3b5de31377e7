import { boolean, float } from '../../params/index.ts';
import { averageRate, epsilon, weightDecay } from './commonParams.ts';
import { defineOptimizer } from './defineOptimizer.ts';

/** In Keras's form: epsilon stands under the root. PyTorch adds it to the root instead. */
export const rmsprop = defineOptimizer({
  name: 'rmsprop',
  title: 'RMSprop',
  help: 'Steps divided by the recent size of gradients. For recurrent networks.',
  doc: 'Divides each gradient by the root of a running average of its square. Centred, by an estimate of its deviation: the squared average of the gradient is taken off first.',
  source: {
    label: 'Tieleman & Hinton 2012',
    url: 'https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf',
  },
  learningRate: 0.001,
  params: {
    rho: averageRate('Rho', 'squared gradients', 0.9),
    momentum: float({
      label: 'Momentum',
      help: 'How much of the last step goes into the next.',
      default: 0,
      min: 0,
      max: 1,
    }),
    epsilon,
    centered: boolean({
      label: 'Centred',
      help: 'Divide by the deviation of the gradient instead of its size.',
      default: false,
    }),
    weightDecay: weightDecay(0),
  },
  slots: ({ momentum, centered }) => [
    'velocity',
    ...(momentum > 0 ? ['momentum'] : []),
    ...(centered ? ['averageGradient'] : []),
  ],
  decay: (settings) => settings.weightDecay,
  update(tf, { rho, momentum, epsilon: least, centered }, { weight, gradient, rate, slot }) {
    const velocity = tf.add(tf.mul(slot('velocity'), rho), tf.mul(tf.square(gradient), 1 - rho));
    const average = centered ? tf.add(tf.mul(slot('averageGradient'), rho), tf.mul(gradient, 1 - rho)) : null;
    // A variance that rounding has made negative would have no root.
    const spread = average === null ? velocity : tf.maximum(tf.sub(velocity, tf.square(average)), 0);
    const push = tf.div(tf.mul(gradient, rate), tf.sqrt(tf.add(spread, least)));
    const move = momentum > 0 ? tf.add(tf.mul(slot('momentum'), momentum), push) : push;
    return {
      weight: tf.sub(weight, move),
      slots: {
        velocity,
        ...(momentum > 0 && { momentum: move }),
        ...(average !== null && { averageGradient: average }),
      },
    };
  },
  keras: ({ rho, momentum, epsilon: least, centered }) => ({
    className: 'RMSprop',
    args: { rho, momentum, epsilon: least, centered },
    defaults: { rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
  }),
});
