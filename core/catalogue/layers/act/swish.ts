import { plainActivation } from './activationLayer.ts';

/** x · sigmoid(x), SiLU. */
export const swish = plainActivation({
  type: 'Swish',
  name: 'swish',
  title: 'Swish',
  keywords: ['activation', 'silu'],
  doc: 'x · sigmoid(x): smooth, and slightly negative just below zero. Often a little better than ReLU in deep networks.',
  source: { label: 'Ramachandran et al. 2017', url: 'https://arxiv.org/abs/1710.05941' },
});
