import { manyIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { inferElementwiseMerge } from './elementwise.ts';

/** y = Σ inputs, element by element: the junction of a residual connection (He et al. 2016). */
export const add = defineLayer({
  type: 'Add',
  version: 1,
  family: 'merge',
  glyph: 'add',
  title: 'Add',
  keywords: ['sum', 'residual', 'skip', 'shortcut'],
  look: 'pill',
  doc: 'Adds its inputs element by element. A residual block is y = x + F(x): draw a second wire around F into this node.',
  source: { label: 'He et al. 2016', url: 'https://arxiv.org/abs/1512.03385' },
  params: {},
  inputs: manyIn,
  outputs: oneOut,
  traits: { values: 'unclear', window: 'position' },
  summary: () => '',
  infer: (_, inputs) => inferElementwiseMerge('Add', inputs),
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (_, c) => c.layers.add({ name: c.name }),
  keras: () => ({ className: 'Add', args: {} }),
});
