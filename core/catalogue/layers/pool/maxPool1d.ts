import { oneIn, oneOut } from '../../commonParams.ts';
import { poolParams } from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { inferPool, poolKeras, poolSummary, poolWindow } from './pooling.ts';

/** Largest value of each window, channel by channel. Padding never wins. Left out: data_format. */
export const maxPool1d = defineLayer({
  type: 'MaxPool1D',
  version: 1,
  family: 'pool',
  glyph: 'pool',
  title: 'Max pool',
  tag: '1D',
  keywords: ['pooling', 'downsample', 'subsample'],
  doc: 'Keeps the largest value of each window: was the feature anywhere in it? Makes the sequence shorter without weights.',
  source: { label: 'Keras: MaxPooling1D', url: 'https://keras.io/api/layers/pooling_layers/max_pooling1d/' },
  params: poolParams(1),
  inputs: oneIn([2]),
  outputs: oneOut,
  traits: { width: 'kept', values: 'input', window: poolWindow, sibling: { of: 'MaxPool', axes: 1 } },
  summary: poolSummary,
  infer: (p, [input = []]) => inferPool('Max pool', p, input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) =>
    c.layers.maxPooling1d({
      name: c.name,
      poolSize: p.poolSize[0] ?? 1,
      strides: (p.strides ?? p.poolSize)[0] ?? 1,
      padding: p.padding,
    }),
  keras: (p) => poolKeras('MaxPooling1D', p),
});
