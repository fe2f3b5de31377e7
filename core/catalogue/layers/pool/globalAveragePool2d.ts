import { oneIn, oneOut } from '../../commonParams.ts';
import { keepdimsParam } from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { GLOBAL, inferGlobalPool } from './pooling.ts';

/** Mean over all positions, channel by channel. Left out: data_format. */
export const globalAveragePool2d = defineLayer({
  type: 'GlobalAveragePool2D',
  version: 1,
  family: 'pool',
  glyph: 'globalPool',
  title: 'Global average pool',
  tag: '2D',
  keywords: ['pooling', 'gap'],
  doc: 'The mean of each channel over the whole map: turns maps into a vector without weights, whatever their size. The usual step before the last Dense layer.',
  source: {
    label: 'Keras: GlobalAveragePooling2D',
    url: 'https://keras.io/api/layers/pooling_layers/global_average_pooling2d/',
  },
  params: { keepdims: keepdimsParam },
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: { width: 'kept', dropsAxes: GLOBAL, sibling: { of: 'GlobalAveragePool', axes: 2 } },
  summary: () => '',
  infer: (p, [input = []]) => inferGlobalPool('Global average pool', 3, p.keepdims, input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  // The stock layer has no keepdims: a reshape puts the axes back.
  tf: (p, c) => {
    const pool = c.layers.globalAveragePooling2d({ name: c.name, dataFormat: 'channelsLast' });
    if (!p.keepdims) return pool;
    const channels = c.inputs[0]?.at(-1) ?? 0;
    return [pool, c.layers.reshape({ name: `${c.name}.keepdims`, targetShape: [1, 1, channels] })];
  },
  keras: (p) => ({ className: 'GlobalAveragePooling2D', args: { keepdims: p.keepdims } }),
});
