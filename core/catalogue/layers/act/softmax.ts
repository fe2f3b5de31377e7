import { formatShape } from '../../../tensor/index.ts';
import { axisFailure, sampleAxis } from '../../axis.ts';
import { int } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { activationLayer } from './activationLayer.ts';

/** eˣⁱ / Σ eˣʲ along one axis. Keras also takes several axes at once; no network in use has that, so one it is. */
export const softmax = activationLayer({
  type: 'Softmax',
  title: 'Softmax',
  keywords: ['activation', 'probability', 'classifier'],
  doc: 'Turns numbers into probabilities that sum to 1. The last step of a classifier with one class out of several.',
  source: { label: 'Keras: Softmax', url: 'https://keras.io/api/layers/activation_layers/softmax/' },
  params: {
    axis: int({
      label: 'Axis',
      help: 'Axis that sums to 1; −1 is the last, 1 the first after the batch.',
      default: -1,
      min: -8,
      max: 8,
      section: 'advanced',
    }),
  },
  traits: { ...ELEMENTWISE, activation: 'softmax', endsIn: (p) => (p.axis === -1 ? 'softmax' : null) },
  summary: (p) => (p.axis === -1 ? '' : `axis ${p.axis}`),
  infer: (p, [input = []]) => {
    const at = sampleAxis(p.axis, input.length);
    if (at === null) return axisFailure('Softmax', p.axis, input);
    return { ok: true, shape: input, arithmetic: [`${input[at]} numbers sum to 1, in ${formatShape(input)}`] };
  },
  tf: (p, c) => {
    const rank = c.inputs[0]?.length ?? 1;
    // The stock layer throws for any axis but the last.
    return sampleAxis(p.axis, rank) === rank - 1
      ? c.layers.softmax({ name: c.name, axis: -1 })
      : c.custom('LoomActivation', { name: c.name, activation: 'softmax', axis: p.axis });
  },
  keras: (p) => ({ className: 'Softmax', args: { axis: p.axis } }),
});
