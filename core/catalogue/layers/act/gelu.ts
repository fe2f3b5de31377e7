import { boolean } from '../../params.ts';
import { activationLayer } from './activationLayer.ts';

/** x · Φ(x), or 0.5x(1 + tanh(√(2/π)(x + 0.044715x³))). */
export const gelu = activationLayer({
  type: 'GELU',
  title: 'GELU',
  keywords: ['activation', 'transformer'],
  doc: 'x · Φ(x) with the normal distribution Φ: the smooth ReLU of transformers.',
  source: { label: 'Hendrycks & Gimpel 2016', url: 'https://arxiv.org/abs/1606.08415' },
  params: {
    approximate: boolean({ label: 'Approximate', help: 'The tanh formula instead of the exact one.', default: false }),
  },
  summary: (p) => (p.approximate ? 'tanh form' : ''),
  tf: (p, c) =>
    // TensorFlow.js 4.22 saves its gelu_new by that name and looks for geluNew when it loads the file.
    p.approximate && c.mode === 'export'
      ? c.custom('LoomActivation', { name: c.name, activation: 'gelu', approximate: true })
      : c.layers.activation({ name: c.name, activation: p.approximate ? 'gelu_new' : 'gelu' }),
  // Keras has no GELU layer. Its Activation layer takes the exact form by name, the approximate one as an operation's config.
  keras: (p) => ({
    className: 'Activation',
    always: ['activation'],
    args: {
      activation: p.approximate
        ? { module: 'keras.src.ops.nn', class_name: 'Gelu', config: { approximate: true }, registered_name: 'Gelu' }
        : 'gelu',
    },
  }),
});
