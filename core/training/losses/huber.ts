import { float } from '../../params/index.ts';
import { defineLoss } from './defineLoss.ts';

export const huber = defineLoss({
  name: 'huber',
  title: 'Huber',
  help: 'Squared near zero, absolute beyond delta.',
  doc: 'Half the squared error up to delta, delta · (|error| − delta / 2) beyond: smooth at zero as the squared error, and as patient with outliers as the absolute one.',
  source: { label: 'Huber 1964', url: 'https://doi.org/10.1214/aoms/1177703732' },
  for: 'numbers',
  activation: null,
  params: {
    delta: float({
      label: 'Delta',
      help: 'Errors beyond this count in proportion, smaller ones by their square.',
      default: 1,
      min: 0,
      exclusiveMin: true,
    }),
  },
  elements(tf, { delta }, { output, target }) {
    const error = tf.abs(tf.sub(output, target));
    const quadratic = tf.minimum(error, delta);
    return tf.add(tf.mul(0.5, tf.square(quadratic)), tf.mul(delta, tf.sub(error, quadratic)));
  },
  keras: ({ delta }) => ({ className: 'Huber', args: { delta }, defaults: { delta: 1 } }),
});
