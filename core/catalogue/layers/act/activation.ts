import { ACTIVATION_OPTIONS, ACTIVATIONS, type ActivationName } from '../../activations.ts';
import { choice } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { activationLayer, buildActivation, kerasActivation } from './activationLayer.ts';

/** Whichever activation its parameter names: what a block takes whose uses choose. */
export const activation = activationLayer({
  type: 'Activation',
  title: 'Activation',
  keywords: ['nonlinearity', 'function', 'relu6'],
  doc: 'Applies the activation that is chosen, to each number by itself. The layer for blocks that leave the choice to their uses; elsewhere the layer of that name says the same at a glance.',
  source: { label: 'Keras: Activation', url: 'https://keras.io/api/layers/core_layers/activation/' },
  params: {
    activation: choice<ActivationName>({
      label: 'Activation',
      help: 'The function that is applied.',
      default: 'relu',
      options: ACTIVATION_OPTIONS,
    }),
  },
  traits: { ...ELEMENTWISE, values: 'unclear', endsIn: (p) => (p.activation === 'linear' ? null : p.activation) },
  summary: (p) => ACTIVATIONS[p.activation].label,
  tf: (p, c) => buildActivation(p.activation, c),
  keras: (p) => kerasActivation(p.activation),
});
