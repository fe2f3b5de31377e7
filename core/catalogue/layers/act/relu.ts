import { float, floatOrNull } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { activationLayer } from './activationLayer.ts';

/** max(x, 0); cut at maxValue; negativeSlope · (x − threshold) below the threshold. */
export const relu = activationLayer({
  type: 'ReLU',
  title: 'ReLU',
  keywords: ['activation', 'rectifier'],
  doc: 'Passes positive numbers and cuts negative ones to zero. The default between convolutions and Dense layers.',
  source: { label: 'Keras: ReLU', url: 'https://keras.io/api/layers/activation_layers/relu/' },
  params: {
    maxValue: floatOrNull({
      label: 'Largest value',
      help: 'Outputs are cut here; 6 gives ReLU6.',
      default: null,
      min: 0,
      nullLabel: 'no limit',
    }),
    negativeSlope: float({
      label: 'Negative slope',
      help: 'Slope below the threshold; above 0 no unit dies.',
      default: 0,
      min: 0,
    }),
    threshold: float({
      label: 'Threshold',
      help: 'Inputs up to here give zero.',
      default: 0,
      min: 0,
      section: 'advanced',
    }),
  },
  traits: { ...ELEMENTWISE, values: 'unclear' },
  summary: (p) => (p.maxValue === null ? '' : `max ${p.maxValue}`),
  tf: (p, c) => {
    const { maxValue, negativeSlope, threshold } = p;
    if (negativeSlope === 0 && threshold === 0) {
      return maxValue === null ? c.layers.reLU({ name: c.name }) : c.layers.reLU({ name: c.name, maxValue });
    }
    return c.custom('LoomActivation', { name: c.name, activation: 'relu', maxValue, negativeSlope, threshold });
  },
  keras: (p) => ({
    className: 'ReLU',
    args: { max_value: p.maxValue, negative_slope: p.negativeSlope, threshold: p.threshold },
  }),
});
