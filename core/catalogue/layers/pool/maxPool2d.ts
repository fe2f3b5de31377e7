import { oneIn, oneOut } from '../../commonParams.ts';
import { poolParams } from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { inferPool, poolKeras, poolSummary, poolWindow } from './pooling.ts';

/** Largest value of each window, channel by channel. Padding never wins. Left out: data_format. */
export const maxPool2d = defineLayer({
  type: 'MaxPool2D',
  version: 1,
  family: 'pool',
  glyph: 'pool',
  title: 'Max pool',
  tag: '2D',
  keywords: ['pooling', 'downsample', 'subsample'],
  doc: 'Keeps the largest value of each window: was the feature anywhere in it? Makes maps smaller without weights.',
  source: { label: 'Keras: MaxPooling2D', url: 'https://keras.io/api/layers/pooling_layers/max_pooling2d/' },
  params: poolParams(2),
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: { width: 'kept', values: 'input', window: poolWindow, sibling: { of: 'MaxPool', axes: 2 } },
  summary: poolSummary,
  infer: (p, [input = []]) => inferPool('Max pool', p, input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) =>
    c.layers.maxPooling2d({
      name: c.name,
      poolSize: pair(p.poolSize),
      strides: pair(p.strides ?? p.poolSize),
      padding: p.padding,
    }),
  keras: (p) => poolKeras('MaxPooling2D', p),
});

const pair = ([height = 1, width = 1]: readonly number[]): [number, number] => [height, width];
