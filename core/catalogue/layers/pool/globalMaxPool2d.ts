import { oneIn, oneOut } from '../../commonParams.ts';
import { keepdimsParam } from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { GLOBAL, inferGlobalPool } from './pooling.ts';

/** Maximum over all positions, channel by channel. Left out: data_format. */
export const globalMaxPool2d = defineLayer({
  type: 'GlobalMaxPool2D',
  version: 1,
  family: 'pool',
  glyph: 'globalPool',
  title: 'Global max pool',
  tag: '2D',
  keywords: ['pooling', 'gmp'],
  doc: 'The largest value of each channel over the whole map.',
  source: {
    label: 'Keras: GlobalMaxPooling2D',
    url: 'https://keras.io/api/layers/pooling_layers/global_max_pooling2d/',
  },
  params: { keepdims: keepdimsParam },
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: { width: 'kept', values: 'input', dropsAxes: GLOBAL, sibling: { of: 'GlobalMaxPool', axes: 2 } },
  summary: () => '',
  infer: (p, [input = []]) => inferGlobalPool('Global max pool', 3, p.keepdims, input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  // The stock layer has no keepdims: a reshape puts the axes back.
  tf: (p, c) => {
    const pool = c.layers.globalMaxPooling2d({ name: c.name, dataFormat: 'channelsLast' });
    if (!p.keepdims) return pool;
    const channels = c.inputs[0]?.at(-1) ?? 0;
    return [pool, c.layers.reshape({ name: `${c.name}.keepdims`, targetShape: [1, 1, channels] })];
  },
  keras: (p) => ({ className: 'GlobalMaxPooling2D', args: { keepdims: p.keepdims } }),
});
