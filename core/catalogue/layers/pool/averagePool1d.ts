import { oneIn, oneOut } from '../../commonParams.ts';
import { poolParams } from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { inferPool, poolKeras, poolSummary, poolWindow } from './pooling.ts';

/** Mean of each window, channel by channel. Padding never counts in the average. Left out: data_format. */
export const averagePool1d = defineLayer({
  type: 'AveragePool1D',
  version: 1,
  family: 'pool',
  glyph: 'pool',
  title: 'Average pool',
  tag: '1D',
  keywords: ['pooling', 'downsample', 'subsample'],
  doc: 'Averages each window: smooths and makes the sequence shorter without weights.',
  source: { label: 'Keras: AveragePooling1D', url: 'https://keras.io/api/layers/pooling_layers/average_pooling1d/' },
  params: poolParams(1),
  inputs: oneIn([2]),
  outputs: oneOut,
  traits: { linear: 'fixed', width: 'kept', window: poolWindow, sibling: { of: 'AveragePool', axes: 1 } },
  summary: poolSummary,
  infer: (p, [input = []]) => inferPool('Average pool', p, input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  // The stock layer counts the padding in its gradient, though not in its output.
  tf: (p, c) =>
    p.padding === 'same' && c.mode === 'train'
      ? c.custom('LoomAveragePool', { name: c.name, poolSize: p.poolSize, strides: p.strides ?? p.poolSize })
      : c.layers.averagePooling1d({
          name: c.name,
          poolSize: p.poolSize[0] ?? 1,
          strides: (p.strides ?? p.poolSize)[0] ?? 1,
          padding: p.padding,
        }),
  keras: (p) => poolKeras('AveragePooling1D', p),
});
