import { oneIn, oneOut } from '../../commonParams.ts';
import { keepdimsParam } from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { GLOBAL, inferGlobalPool } from './pooling.ts';

/** Maximum over all positions, channel by channel. Left out: data_format. */
export const globalMaxPool1d = defineLayer({
  type: 'GlobalMaxPool1D',
  version: 1,
  family: 'pool',
  glyph: 'globalPool',
  title: 'Global max pool',
  tag: '1D',
  keywords: ['pooling', 'gmp'],
  doc: 'The largest value of each channel over the whole sequence.',
  source: {
    label: 'Keras: GlobalMaxPooling1D',
    url: 'https://keras.io/api/layers/pooling_layers/global_max_pooling1d/',
  },
  params: { keepdims: keepdimsParam },
  inputs: oneIn([2]),
  outputs: oneOut,
  traits: { width: 'kept', values: 'input', dropsAxes: GLOBAL, sibling: { of: 'GlobalMaxPool', axes: 1 } },
  summary: () => '',
  infer: (p, [input = []]) => inferGlobalPool('Global max pool', 2, p.keepdims, input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  // The stock layer has no keepdims: a reshape puts the axes back.
  tf: (p, c) => {
    const pool = c.layers.globalMaxPooling1d({ name: c.name });
    if (!p.keepdims) return pool;
    const channels = c.inputs[0]?.at(-1) ?? 0;
    return [pool, c.layers.reshape({ name: `${c.name}.keepdims`, targetShape: [1, channels] })];
  },
  keras: (p) => ({ className: 'GlobalMaxPooling1D', args: { keepdims: p.keepdims } }),
});
