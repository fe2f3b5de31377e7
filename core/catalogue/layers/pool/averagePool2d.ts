import { oneIn, oneOut } from '../../commonParams.ts';
import { poolParams } from '../../convParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { inferPool, poolKeras, poolSummary, poolWindow } from './pooling.ts';

/** Mean of each window, channel by channel. Padding never counts in the average. Left out: data_format. */
export const averagePool2d = defineLayer({
  type: 'AveragePool2D',
  version: 1,
  family: 'pool',
  glyph: 'pool',
  title: 'Average pool',
  tag: '2D',
  keywords: ['pooling', 'downsample', 'subsample'],
  doc: 'Averages each window: smooths and makes maps smaller without weights.',
  source: { label: 'Keras: AveragePooling2D', url: 'https://keras.io/api/layers/pooling_layers/average_pooling2d/' },
  params: poolParams(2),
  inputs: oneIn([3]),
  outputs: oneOut,
  traits: { linear: 'fixed', width: 'kept', window: poolWindow, sibling: { of: 'AveragePool', axes: 2 } },
  summary: poolSummary,
  infer: (p, [input = []]) => inferPool('Average pool', p, input),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  // The stock layer counts the padding in its gradient, though not in its output.
  tf: (p, c) =>
    p.padding === 'same' && c.mode === 'train'
      ? c.custom('LoomAveragePool', { name: c.name, poolSize: p.poolSize, strides: p.strides ?? p.poolSize })
      : c.layers.averagePooling2d({
          name: c.name,
          poolSize: pair(p.poolSize),
          strides: pair(p.strides ?? p.poolSize),
          padding: p.padding,
        }),
  keras: (p) => poolKeras('AveragePooling2D', p),
});

const pair = ([height = 1, width = 1]: readonly number[]): [number, number] => [height, width];
