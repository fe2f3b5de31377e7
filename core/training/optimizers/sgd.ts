import { boolean, float } from '../../params/index.ts';
import { weightDecay } from './commonParams.ts';
import { defineOptimizer, type Updated } from './defineOptimizer.ts';

/** In Keras's form: m ← μm − ηg; w ← w + m, or w + μm − ηg with Nesterov. */
export const sgd = defineOptimizer({
  name: 'sgd',
  title: 'SGD',
  help: 'Plain steps with momentum. Often the best end, with patience.',
  doc: 'Stochastic gradient descent: a step along the gradient, to which momentum adds a share of the step before (Polyak 1964). Nesterov takes the gradient’s step from where the momentum leads.',
  source: { label: 'Sutskever et al. 2013', url: 'https://proceedings.mlr.press/v28/sutskever13.html' },
  learningRate: 0.01,
  params: {
    momentum: float({
      label: 'Momentum',
      help: 'How much of the last step goes into the next.',
      default: 0.9,
      min: 0,
      max: 1,
    }),
    nesterov: boolean({
      label: 'Nesterov',
      help: 'Look ahead along the momentum before taking the gradient.',
      default: false,
    }),
    weightDecay: weightDecay(0),
  },
  slots: ({ momentum }) => (momentum > 0 ? ['momentum'] : []),
  decay: (settings) => settings.weightDecay,
  update(tf, { momentum, nesterov }, { weight, gradient, rate, slot }): Updated {
    const push = tf.neg(tf.mul(gradient, rate));
    if (momentum === 0) return { weight: tf.add(weight, push), slots: {} };
    const moved = tf.add(tf.mul(slot('momentum'), momentum), push);
    return {
      weight: tf.add(weight, nesterov ? tf.add(tf.mul(moved, momentum), push) : moved),
      slots: { momentum: moved },
    };
  },
  keras: ({ momentum, nesterov }) => ({
    className: 'SGD',
    args: { momentum, nesterov },
    defaults: { momentum: 0, nesterov: false },
  }),
});
