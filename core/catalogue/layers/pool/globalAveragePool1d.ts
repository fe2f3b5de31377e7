import { oneIn, oneOut } from '../../commonParams.ts';
import { keepdimsParam } from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { GLOBAL, inferGlobalPool } from './pooling.ts';

/** Mean over all positions, channel by channel. Left out: data_format. */
export const globalAveragePool1d = defineLayer({
  type: 'GlobalAveragePool1D',
  version: 1,
  family: 'pool',
  glyph: 'globalPool',
  title: 'Global average pool',
  tag: '1D',
  keywords: ['pooling', 'gap'],
  doc: 'The mean of each channel over the whole sequence: turns sequences into a vector without weights, whatever their size. The usual step before the last Dense layer.',
  source: {
    label: 'Keras: GlobalAveragePooling1D',
    url: 'https://keras.io/api/layers/pooling_layers/global_average_pooling1d/',
  },
  params: { keepdims: keepdimsParam },
  inputs: oneIn([2]),
  outputs: oneOut,
  traits: { width: 'kept', dropsAxes: GLOBAL, sibling: { of: 'GlobalAveragePool', axes: 1 } },
  summary: () => '',
  infer: (p, [input = []]) => inferGlobalPool('Global average pool', 2, p.keepdims, input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  // The stock layer has no keepdims: a reshape puts the axes back.
  tf: (p, c) => {
    const pool = c.layers.globalAveragePooling1d({ name: c.name });
    if (!p.keepdims) return pool;
    const channels = c.inputs[0]?.at(-1) ?? 0;
    return [pool, c.layers.reshape({ name: `${c.name}.keepdims`, targetShape: [1, channels] })];
  },
  keras: (p) => ({ className: 'GlobalAveragePooling1D', args: { keepdims: p.keepdims } }),
});
