import { plainActivation } from './activationLayer.ts';

/** 1.0507 · (x above zero, 1.6733 · (eˣ − 1) below). */
export const selu = plainActivation({
  type: 'SELU',
  name: 'selu',
  title: 'SELU',
  keywords: ['activation', 'self-normalising'],
  doc: 'ELU with constants that keep mean and variance steady from layer to layer. Wants LeCun normal weights and no batch norm.',
  source: { label: 'Klambauer et al. 2017', url: 'https://arxiv.org/abs/1706.02515' },
});
