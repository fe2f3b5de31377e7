import { sizeOf } from '../../../tensor/index.ts';
import { axisFailure, sampleAxis } from '../../axis.ts';
import { oneIn, oneOut } from '../../commonParams.ts';
import { defineLayer } from '../../defineLayer.ts';
import { float, initializer, int } from '../../params.ts';
import { ELEMENTWISE } from '../../traits.ts';
import { affineParams } from './normParams.ts';

/**
 * y = gamma · (x − mean) / √(variance + ε) + beta for each channel, over the batch while training and with moving averages
 * afterwards. The moving variance follows the biased batch variance, as in Keras (PyTorch: unbiased), with Keras's momentum
 * (PyTorch's is 1 − momentum). Left out: synchronized (one device), renorm (batch renormalisation, an algorithm of its own).
 */
export const batchNorm = defineLayer({
  type: 'BatchNorm',
  version: 1,
  family: 'norm',
  glyph: 'norm',
  title: 'Batch norm',
  keywords: ['normalisation', 'normalization', 'bn'],
  doc: 'Brings each channel to mean 0 and variance 1 over the batch, then to a learned scale and offset. Networks train faster and stand larger rates; put it between a layer without bias and its activation.',
  source: { label: 'Ioffe & Szegedy 2015', url: 'https://arxiv.org/abs/1502.03167' },
  params: {
    momentum: float({
      label: 'Momentum',
      help: 'Weight of the past in the moving averages. Lower it when training takes few steps.',
      default: 0.99,
      min: 0,
      max: 1,
    }),
    axis: int({
      label: 'Axis',
      help: 'Axis that keeps its statistics apart: the channels. −1 is the last.',
      default: -1,
      min: -8,
      max: 8,
      section: 'advanced',
    }),
    ...affineParams,
    movingMeanInitializer: initializer({
      label: 'Mean initialiser',
      help: 'Where the moving mean starts.',
      default: { name: 'zeros' },
      section: 'advanced',
    }),
    movingVarianceInitializer: initializer({
      label: 'Variance initialiser',
      help: 'Where the moving variance starts.',
      default: { name: 'ones' },
      section: 'advanced',
    }),
  },
  inputs: oneIn(),
  outputs: oneOut,
  traits: { ...ELEMENTWISE, linear: 'fixed' },
  summary: (p) => `momentum ${p.momentum}`,
  infer: (p, [input = []]) =>
    sampleAxis(p.axis, input.length) === null ? axisFailure('Batch norm', p.axis, input) : { ok: true, shape: input },
  weights: (p, [input = []]) => {
    const shape = [input[sampleAxis(p.axis, input.length) ?? 0] ?? 0];
    return [
      ...(p.scale ? [{ name: 'gamma', shape, trainable: true, decays: false }] : []),
      ...(p.center ? [{ name: 'beta', shape, trainable: true, decays: false }] : []),
      { name: 'moving_mean', shape, trainable: false, decays: false },
      { name: 'moving_variance', shape, trainable: false, decays: false },
    ];
  },
  // Inference: one multiply-add for each value, by the folded scale and offset.
  cost: (_, [input = []]) => ({ macs: sizeOf(input) }),
  tf: (p, c) => {
    const rank = c.inputs[0]?.length ?? 1;
    const options = {
      name: c.name,
      axis: p.axis,
      momentum: p.momentum,
      epsilon: p.epsilon,
      center: p.center,
      scale: p.scale,
      betaInitializer: c.initializer(p.betaInitializer, 'beta'),
      gammaInitializer: c.initializer(p.gammaInitializer, 'gamma'),
      movingMeanInitializer: c.initializer(p.movingMeanInitializer, 'moving_mean'),
      movingVarianceInitializer: c.initializer(p.movingVarianceInitializer, 'moving_variance'),
      betaRegularizer: c.regularizer(p.betaRegularizer),
      gammaRegularizer: c.regularizer(p.gammaRegularizer),
      betaConstraint: c.constraint(p.betaConstraint),
      gammaConstraint: c.constraint(p.gammaConstraint),
    };
    // The stock layer knows samples of up to three axes, and is wrong for any axis but the last.
    return c.mode === 'export' && rank <= 3 && sampleAxis(p.axis, rank) === rank - 1
      ? c.layers.batchNormalization(options)
      : c.custom('LoomBatchNorm', options);
  },
  keras: (p) => ({
    className: 'BatchNormalization',
    args: {
      axis: p.axis,
      momentum: p.momentum,
      epsilon: p.epsilon,
      center: p.center,
      scale: p.scale,
      beta_initializer: { $initializer: p.betaInitializer },
      gamma_initializer: { $initializer: p.gammaInitializer },
      moving_mean_initializer: { $initializer: p.movingMeanInitializer },
      moving_variance_initializer: { $initializer: p.movingVarianceInitializer },
      beta_regularizer: { $regularizer: p.betaRegularizer },
      gamma_regularizer: { $regularizer: p.gammaRegularizer },
      beta_constraint: { $constraint: p.betaConstraint, rank: 1 },
      gamma_constraint: { $constraint: p.gammaConstraint, rank: 1 },
    },
  }),
});
