import { defineLoss } from './defineLoss.ts';

export const huber = defineLoss({
  name: 'huber',
  title: 'Huber',
  help: 'Squared near zero, absolute beyond 1.',
  doc: 'Half the squared error up to 1, |error| − ½ beyond: smooth at zero as the squared error, and as patient with outliers as the absolute one.',
  source: { label: 'Huber 1964', url: 'https://doi.org/10.1214/aoms/1177703732' },
  for: 'numbers',
  activation: null,
  params: {},
  elements(tf, _, { output, target }) {
    const error = tf.abs(tf.sub(output, target));
    const quadratic = tf.minimum(error, 1);
    return tf.add(tf.mul(0.5, tf.square(quadratic)), tf.sub(error, quadratic));
  },
  keras: () => ({ className: 'Huber', args: {}, defaults: {} }),
});
