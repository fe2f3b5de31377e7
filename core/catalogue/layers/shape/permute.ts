import { formatShape } from '../../../tensor/index.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { shape } from '../../params.ts';

/** Axes in another order. `dims` counts from 1; the batch stays first. */
export const permute = defineLayer({
  type: 'Permute',
  version: 1,
  family: 'shape',
  glyph: 'permute',
  title: 'Permute',
  keywords: ['transpose', 'swap axes'],
  doc: 'Puts the axes in another order: 2, 1 swaps time and features.',
  source: { label: 'Keras: Permute', url: 'https://keras.io/api/layers/reshaping_layers/permute/' },
  params: {
    dims: shape({
      label: 'Order',
      help: 'For each output axis, the input axis it takes, counted from 1: 2, 1 swaps two axes.',
      default: [1],
      min: 1,
      maxRank: 8,
    }),
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: { activation: 'input', values: 'input' },
  summary: (p) => p.dims.join(', '),
  infer: (p, [input = []]) => {
    const wanted = input.map((_, i) => i + 1);
    const sorted = [...p.dims].sort((a, b) => a - b);
    if (sorted.join() === wanted.join())
      return {
        ok: true,
        shape: p.dims.map((axis) => input[axis - 1] ?? 0),
        arithmetic: [`axes ${wanted.join(', ')} of ${formatShape(input)} -> ${p.dims.join(', ')}`],
      };
    const reversed = [...wanted].reverse();
    return {
      ok: false,
      failure: {
        code: 'invalid-permutation',
        title: 'Order of axes',
        message: `Permute must name each of the ${wanted.length} axes of its input ${formatShape(input)} once (${wanted.join(', ')} in any order), but names ${p.dims.join(', ') || 'none'}.`,
        param: 'dims',
        facts: { dims: [...p.dims], rank: input.length },
        suggestions: [
          { kind: 'setParam', param: 'dims', value: reversed, label: `Set order to ${reversed.join(', ')}` },
          { kind: 'setParam', param: 'dims', value: wanted, label: `Set order to ${wanted.join(', ')}` },
        ],
      },
    };
  },
  weights: () => [],
  cost: () => ({ macs: 0 }),
  tf: (p, c) => c.layers.permute({ name: c.name, dims: [...p.dims] }),
  keras: (p) => ({ className: 'Permute', always: ['dims'], args: { dims: p.dims } }),
});
