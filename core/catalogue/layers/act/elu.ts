import { float } from '../../params.ts';
import { activationLayer } from './activationLayer.ts';

/** x above zero, α(eˣ − 1) below (Clevert et al. 2015). */
export const elu = activationLayer({
  type: 'ELU',
  title: 'ELU',
  keywords: ['activation', 'exponential'],
  doc: 'x above zero, α(eˣ − 1) below: smooth, with outputs centred nearer zero than ReLU.',
  source: { label: 'Keras: ELU', url: 'https://keras.io/api/layers/activation_layers/elu/' },
  params: {
    alpha: float({ label: 'Alpha', help: 'Depth of the plateau on the negative side.', default: 1, min: 0 }),
  },
  summary: (p) => (p.alpha === 1 ? '' : `α ${p.alpha}`),
  tf: (p, c) =>
    // The stock layer takes alpha and computes as if it were 1.
    p.alpha === 1
      ? c.layers.elu({ name: c.name, alpha: 1 })
      : c.custom('LoomActivation', { name: c.name, activation: 'elu', alpha: p.alpha }),
  keras: (p) => ({ className: 'ELU', args: { alpha: p.alpha } }),
});
