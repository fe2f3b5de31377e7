import { sizeOf } from '../../../tensor/index.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { constraint, initializer, regularizer, shape } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';

/**
 * x above zero, α · x below, with a learned α for every position that is not shared (He et al. 2015). The one weight, alpha, has
 * the input's shape with 1 along the shared axes.
 */
export const prelu = defineLayer({
  type: 'PReLU',
  version: 1,
  family: 'act',
  glyph: 'act',
  title: 'PReLU',
  keywords: ['activation', 'parametric', 'leaky'],
  doc: 'Leaky ReLU whose negative slope is learned. Share the axes 1, 2 after a convolution, so that each channel has one slope.',
  source: { label: 'He et al. 2015', url: 'https://arxiv.org/abs/1502.01852' },
  params: {
    sharedAxes: shape({
      label: 'Shared axes',
      help: 'Axes along which one slope serves all positions, counted from 1 (the batch is 0). 1, 2 on maps: one slope a channel.',
      default: [],
      min: 1,
      maxRank: 8,
    }),
    alphaInitializer: initializer({
      label: 'Initialiser',
      help: 'Where the slopes start.',
      default: { name: 'zeros' },
    }),
    alphaRegularizer: regularizer({
      label: 'Slope penalty',
      help: 'Penalty on the slopes, added to the loss. It pulls them to zero, that is, to ReLU.',
      default: null,
      section: 'advanced',
    }),
    alphaConstraint: constraint({
      label: 'Slope constraint',
      help: 'Projection of the slopes after each update.',
      default: null,
      section: 'advanced',
    }),
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: { ...ELEMENTWISE, values: 'unclear' },
  summary: (p) => (p.sharedAxes.length === 0 ? '' : `shared ${p.sharedAxes.join(', ')}`),
  infer: (p, [input = []]) => {
    const beyond = p.sharedAxes.find((axis) => axis > input.length);
    if (beyond === undefined) return { ok: true, shape: input };
    const value = p.sharedAxes.filter((axis) => axis <= input.length);
    return {
      ok: false,
      failure: {
        code: 'axis-out-of-range',
        title: 'Shared axes',
        message: `PReLU shares axis ${beyond}, but its input has only ${input.length} ${input.length === 1 ? 'axis' : 'axes'} beside the batch (1 to ${input.length}).`,
        param: 'sharedAxes',
        facts: { axis: beyond, rank: input.length },
        suggestions: [
          { kind: 'setParam', param: 'sharedAxes', value, label: `Set shared axes to ${value.join(', ') || 'none'}` },
        ],
      },
    };
  },
  weights: (p, [input = []]) => [
    {
      name: 'alpha',
      shape: input.map((n, i) => (p.sharedAxes.includes(i + 1) ? 1 : n)),
      trainable: true,
      // Decay would pull the slopes to ReLU (He et al. train them without it).
      decays: false,
    },
  ],
  cost: (_, [input = []]) => ({ macs: sizeOf(input) }),
  tf: (p, c) =>
    c.layers.prelu({
      name: c.name,
      alphaInitializer: c.initializer(p.alphaInitializer, 'alpha'),
      alphaRegularizer: c.regularizer(p.alphaRegularizer),
      alphaConstraint: c.constraint(p.alphaConstraint),
      ...(p.sharedAxes.length > 0 && { sharedAxes: [...p.sharedAxes] }),
    }),
  keras: (p, [input = []]) => ({
    className: 'PReLU',
    args: {
      alpha_initializer: { $initializer: p.alphaInitializer },
      alpha_regularizer: { $regularizer: p.alphaRegularizer },
      alpha_constraint: { $constraint: p.alphaConstraint, rank: input.length },
      shared_axes: p.sharedAxes.length === 0 ? null : p.sharedAxes,
    },
  }),
});
