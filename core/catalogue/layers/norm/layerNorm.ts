import { sizeOf } from '../../../tensor/index.ts';
import { axisFailure, sampleAxis } from '../../axis.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { shape } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { affineKerasArgs, affineParams, affineWeights } from './normParams.ts';

/**
 * y = gamma · (x − mean) / √(variance + ε) + beta with mean and variance of each sample along the axes given (Ba et al. 2016).
 * Gamma and beta have the sizes of those axes in ascending order, whatever order they are named in, as in Keras.
 */
export const layerNorm = defineLayer({
  type: 'LayerNorm',
  version: 1,
  family: 'norm',
  glyph: 'norm',
  title: 'Layer norm',
  keywords: ['normalisation', 'normalization', 'ln', 'transformer'],
  doc: 'Brings each position of each sample to mean 0 and variance 1. Does not care about the batch, so training and use are the same; the norm of transformers and recurrent networks.',
  source: { label: 'Ba et al. 2016', url: 'https://arxiv.org/abs/1607.06450' },
  params: {
    axis: shape({
      label: 'Axes',
      help: 'Axes that are normalised together; −1 is the last, 1 the first after the batch.',
      default: [-1],
      min: -8,
      maxRank: 8,
    }),
    ...affineParams,
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: ELEMENTWISE,
  summary: (p) => (p.axis.join() === '-1' ? '' : `axes ${p.axis.join(', ')}`),
  infer: (p, [input = []]) => {
    const wrong = p.axis.find((axis) => sampleAxis(axis, input.length) === null);
    if (wrong !== undefined) return axisFailure('Layer norm', wrong, input, [-1]);
    const places = p.axis.map((axis) => sampleAxis(axis, input.length));
    if (p.axis.length > 0 && new Set(places).size === places.length) return { ok: true, shape: input };
    return {
      ok: false,
      failure: {
        code: 'invalid-axes',
        title: 'Axes',
        message:
          p.axis.length === 0
            ? 'Layer norm needs at least one axis to normalise along.'
            : `Layer norm names an axis twice: ${p.axis.join(', ')} on an input of ${input.length} axes.`,
        param: 'axis',
        facts: { axis: [...p.axis] },
        suggestions: [{ kind: 'setParam', param: 'axis', value: [-1], label: 'Use the last axis' }],
      },
    };
  },
  weights: (p, [input = []]) => {
    return affineWeights(
      p,
      ascending(p.axis, input.length).map((axis) => input[axis - 1] ?? 0),
    );
  },
  cost: (_, [input = []]) => ({ macs: 2 * sizeOf(input) }),
  tf: (p, c) => {
    const options = {
      name: c.name,
      axis: ascending(p.axis, c.inputs[0]?.length ?? 1),
      epsilon: p.epsilon,
      center: p.center,
      scale: p.scale,
      betaInitializer: c.initializer(p.betaInitializer, 'beta'),
      gammaInitializer: c.initializer(p.gammaInitializer, 'gamma'),
      betaRegularizer: c.regularizer(p.betaRegularizer),
      gammaRegularizer: c.regularizer(p.gammaRegularizer),
    };
    // The stock layer sees at most samples of three axes.
    const stock = c.mode === 'export' && (c.inputs[0]?.length ?? 1) <= 3;
    if (stock) return c.layers.layerNormalization(options);
    return c.custom('LoomLayerNorm', {
      ...options,
      betaConstraint: c.constraint(p.betaConstraint),
      gammaConstraint: c.constraint(p.gammaConstraint),
    });
  },
  keras: (p, [input = []]) => ({
    className: 'LayerNormalization',
    args: {
      axis: p.axis.length === 1 ? (p.axis[0] ?? -1) : ascending(p.axis, input.length),
      ...affineKerasArgs(p, p.axis.length),
    },
  }),
});

/** The axes counted from the batch, which is 0, in ascending order. Keras sorts them too, but by what is written, −1 before 1. */
function ascending(axes: readonly number[], rank: number): number[] {
  return axes.map((axis) => (sampleAxis(axis, rank) ?? 0) + 1).sort((a, b) => a - b);
}
