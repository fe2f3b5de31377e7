import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { wrongRank } from '../../spatial.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { dropoutParams } from './dropoutParams.ts';

/** Dropout of whole channels (Tompson et al. 2015). Left out: data_format. TensorFlow.js has no such layer. */
export const spatialDropout2d = defineLayer({
  type: 'SpatialDropout2D',
  version: 1,
  family: 'reg',
  glyph: 'drop',
  title: 'Spatial dropout',
  tag: '2D',
  keywords: ['regularisation', 'regularization', 'channel dropout'],
  doc: 'Switches off whole channels instead of single values. Neighbouring pixels say nearly the same, so between convolutions this regularises where Dropout hardly does.',
  source: { label: 'Tompson et al. 2015', url: 'https://arxiv.org/abs/1411.4280' },
  params: dropoutParams,
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: { ...ELEMENTWISE, linear: 'fixed', activation: 'input' },
  summary: (p) => String(p.rate),
  infer: (_, [input = []]) => wrongRank('Spatial dropout', input, 2) ?? { ok: true, shape: input },
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) => {
    const { rate, seed } = p;
    if (c.mode === 'train')
      return c.custom('LoomDropout', { name: c.name, rate, noiseShape: [null, 1, 1, null], seed });
    const channels = c.inputs[0]?.[2] ?? 1;
    // The stock layer wants a number for the batch too: 1 shares the mask within a batch, and inference is the identity.
    return c.layers.dropout({ name: c.name, rate, noiseShape: [1, 1, 1, channels], ...(seed !== null && { seed }) });
  },
  keras: (p) => ({ className: 'SpatialDropout2D', always: ['rate'], args: { rate: p.rate, seed: p.seed } }),
});
