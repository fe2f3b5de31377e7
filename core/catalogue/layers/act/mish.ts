import { plainActivation } from './activationLayer.ts';

/** x · tanh(ln(1 + eˣ)). */
export const mish = plainActivation({
  type: 'Mish',
  name: 'mish',
  title: 'Mish',
  keywords: ['activation'],
  doc: 'x · tanh(softplus(x)): smooth, unbounded above and bounded below.',
  source: { label: 'Misra 2019', url: 'https://arxiv.org/abs/1908.08681' },
});
